import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Bounces are refused. */
export const noBounces: Scenario = {
  domain: "no-bounces.example",
  title: "refuses bounces",
  story:
    "After a flood of bounces for mail that was forged in its name, the server was told to refuse the empty sender. Since then no delivery report gets through: whoever writes from here to a wrong address never learns of it. Postfix says so when the recipient is named, not before.",
  zone: `
$ORIGIN no-bounces.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.121
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@no-bounces.example"
${ptr("203.0.113.121", "mx.no-bounces.example")}
`,
  servers: [
    {
      host: "mx.no-bounces.example",
      addresses: ["203.0.113.121"],
      dialogue: mailServer({
        host: "mx.no-bounces.example",
        software: "postfix",
        cert: "mx.no-bounces.example",
        replies: {
          postmaster: "554 5.7.1 <>: Sender address rejected: Access denied",
          others: "554 5.7.1 <>: Sender address rejected: Access denied",
        },
      }),
    },
  ],
  expect: { verdict: ["smtp/null-sender-refused:refused"], exitCode: 3 },
  names: /refuses bounces/,
};
