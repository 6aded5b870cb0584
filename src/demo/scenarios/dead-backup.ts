import { mailServer } from "../mail-software.ts";
import { ptr, refuses, type Scenario } from "../scenario.ts";

/** The backup exchanger is gone. */
export const deadBackup: Scenario = {
  domain: "dead-backup.example",
  title: "the backup exchanger is dead",
  story:
    "The first exchanger is healthy. The second was switched off years ago and still stands in the MX set: it refuses connections. Nobody notices until the first one fails, which is when the backup was wanted.",
  zone: `
$ORIGIN dead-backup.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx1
@      MX   20 mx2
mx1    A    203.0.113.70
mx2    A    203.0.113.71
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@dead-backup.example"
${ptr("203.0.113.70", "mx1.dead-backup.example")}
${ptr("203.0.113.71", "mx2.dead-backup.example")}
`,
  servers: [
    {
      host: "mx1.dead-backup.example",
      addresses: ["203.0.113.70"],
      dialogue: mailServer({
        host: "mx1.dead-backup.example",
        software: "postfix",
        cert: "mx1.dead-backup.example",
      }),
    },
    { host: "mx2.dead-backup.example", addresses: ["203.0.113.71"], dialogue: refuses },
  ],
  expect: { verdict: ["mx/unreachable:dead"], exitCode: 0 },
  names: /mx2.* cannot be reached/,
};
