import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** postmaster is unknown. */
export const noPostmaster: Scenario = {
  domain: "no-postmaster.example",
  title: "has no postmaster",
  story:
    "Every mail domain must have the address postmaster, so that people elsewhere can report trouble. Here it went with the employee who had it. Mail for others arrives; only the one letter that says what is wrong comes back.",
  zone: `
$ORIGIN no-postmaster.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.122
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@no-postmaster.example"
${ptr("203.0.113.122", "mx.no-postmaster.example")}
`,
  servers: [
    {
      host: "mx.no-postmaster.example",
      addresses: ["203.0.113.122"],
      dialogue: mailServer({
        host: "mx.no-postmaster.example",
        software: "postfix",
        cert: "mx.no-postmaster.example",
        replies: {
          postmaster:
            "550 5.1.1 <{recipient}>: Recipient address rejected: User unknown in virtual mailbox table",
        },
      }),
    },
  ],
  expect: { verdict: ["smtp/postmaster-refused:no-mailbox"], exitCode: 0 },
  names: /no postmaster mailbox/,
};
