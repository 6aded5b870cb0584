import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** STARTTLS leads nowhere. */
export const starttlsBroken: Scenario = {
  domain: "starttls-broken.example",
  title: "promises TLS and hangs up",
  story:
    "The server says 220 Ready to start TLS, and its TLS process dies on the spot. A sender that has been told to begin cannot go back to plain text in the same session: some try again without TLS, some never do, and their mail stays away.",
  zone: `
$ORIGIN starttls-broken.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.86
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@starttls-broken.example"
${ptr("198.51.100.86", "mx.starttls-broken.example")}
`,
  servers: [
    {
      host: "mx.starttls-broken.example",
      addresses: ["198.51.100.86"],
      dialogue: mailServer({
        host: "mx.starttls-broken.example",
        software: "postfix",
        cert: "mx.starttls-broken.example",
        handshake: ["* close"],
      }),
    },
  ],
  expect: { verdict: ["smtp/starttls-broken:broken"], exitCode: 1 },
  names: /encryption that does not work/,
};
