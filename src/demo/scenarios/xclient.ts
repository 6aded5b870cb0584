import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** XCLIENT for everybody. */
export const xclient: Scenario = {
  domain: "xclient.example",
  title: "lets strangers pose as anybody",
  story:
    "A filter in front of Postfix tells it by XCLIENT who the real client is. That was switched on for the filter's network, and the network was written as 0.0.0.0/0. Now every stranger may say that he comes from inside, and relay what he likes.",
  zone: `
$ORIGIN xclient.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.133
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@xclient.example"
${ptr("203.0.113.133", "mx.xclient.example")}
`,
  servers: [
    {
      host: "mx.xclient.example",
      addresses: ["203.0.113.133"],
      dialogue: mailServer({
        host: "mx.xclient.example",
        software: "postfix",
        cert: "mx.xclient.example",
        offers: ["XCLIENT NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT"],
      }),
    },
  ],
  expect: { verdict: ["smtp/internal-verbs:xclient"], exitCode: 1 },
  names: /XCLIENT/,
};
