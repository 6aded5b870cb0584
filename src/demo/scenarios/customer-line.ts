import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The reverse name of a home connection. */
export const customerLine: Scenario = {
  domain: "customer-line.example",
  title: "a mail server on a customer line",
  story:
    "The server stands under a desk, and its address has the name that the access provider gives to all its customers: the address itself, spelled out, with dyn in it. Mail arrives. Mail that leaves here is refused in many places, because computers behind such names mostly send spam.",
  zone: `
$ORIGIN customer-line.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.134
203-0-113-134.dyn.access.example. A 203.0.113.134
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@customer-line.example"
${ptr("203.0.113.134", "203-0-113-134.dyn.access.example")}
`,
  servers: [
    {
      host: "mx.customer-line.example",
      addresses: ["203.0.113.134"],
      dialogue: mailServer({
        host: "mx.customer-line.example",
        software: "postfix",
        cert: "mx.customer-line.example",
      }),
    },
  ],
  expect: { verdict: ["address/ptr-generic:dynamic"], exitCode: 0 },
  names: /customer line/,
};
