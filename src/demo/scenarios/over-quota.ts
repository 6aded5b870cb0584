import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The postmaster's mailbox is full. */
export const overQuota: Scenario = {
  domain: "over-quota.example",
  title: "the postmaster's mailbox is full",
  story:
    "postmaster exists, and nobody has read its mail since 2019. The quota is used up, and the server answers 552 to everybody who wants to report something. A full mailbox is not a missing one, and is mended by somebody else.",
  zone: `
$ORIGIN over-quota.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.123
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@over-quota.example"
${ptr("203.0.113.123", "mx.over-quota.example")}
`,
  servers: [
    {
      host: "mx.over-quota.example",
      addresses: ["203.0.113.123"],
      dialogue: mailServer({
        host: "mx.over-quota.example",
        software: "postfix",
        cert: "mx.over-quota.example",
        replies: {
          postmaster: "552 5.2.2 <{recipient}>: Recipient address rejected: Mailbox is full",
        },
      }),
    },
  ],
  expect: { verdict: ["smtp/postmaster-refused:full"], exitCode: 0 },
  names: /postmaster's mailbox is full/,
};
