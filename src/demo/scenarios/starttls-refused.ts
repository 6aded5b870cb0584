import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** STARTTLS is offered and refused. */
export const starttlsRefused: Scenario = {
  domain: "starttls-refused.example",
  title: "offers STARTTLS, and then is not able to",
  story:
    "The certificate was renewed, and the new key belongs to root: the mail server cannot read it. It goes on offering STARTTLS, and answers 454 to everybody who takes it up. Most senders shrug and deliver in the clear; careful ones wait, and try again for days.",
  zone: `
$ORIGIN starttls-refused.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.85
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@starttls-refused.example"
${ptr("198.51.100.85", "mx.starttls-refused.example")}
`,
  servers: [
    {
      host: "mx.starttls-refused.example",
      addresses: ["198.51.100.85"],
      dialogue: mailServer({
        host: "mx.starttls-refused.example",
        software: "postfix",
        cert: "mx.starttls-refused.example",
        replies: { starttls: "454 4.7.0 TLS not available due to local problem" },
      }),
    },
  ],
  expect: { verdict: ["smtp/starttls-refused:temporary"], exitCode: 0 },
  names: /cannot encrypt/,
};
