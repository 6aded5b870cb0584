import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The backup takes what the first exchanger refuses. */
export const weakBackup: Scenario = {
  domain: "weak-backup.example",
  title: "the backup is weaker than the first",
  story:
    "The first exchanger knows its users and refuses the rest. The backup, at a friendly company, knows none, accepts every recipient and passes the mail on, where it is refused. Spammers go to the backup on purpose, and it returns their mail to people who never wrote it.",
  zone: `
$ORIGIN weak-backup.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx1
@      MX   20 mx2
mx1    A    198.51.100.67
mx2    A    203.0.113.67
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@weak-backup.example"
${ptr("198.51.100.67", "mx1.weak-backup.example")}
${ptr("203.0.113.67", "mx2.weak-backup.example")}
`,
  servers: [
    {
      host: "mx1.weak-backup.example",
      addresses: ["198.51.100.67"],
      dialogue: mailServer({
        host: "mx1.weak-backup.example",
        software: "postfix",
        cert: "mx1.weak-backup.example",
      }),
    },
    {
      host: "mx2.weak-backup.example",
      addresses: ["203.0.113.67"],
      dialogue: mailServer({
        host: "mx2.weak-backup.example",
        software: "sendmail",
        cert: "mx2.weak-backup.example",
        replies: { others: "250 2.1.5 <{recipient}>... Recipient ok (will queue)" },
      }),
    },
  ],
  expect: { verdict: ["mx/backup-weaker:weaker"], exitCode: 0 },
  names: /weaker backup/,
};
