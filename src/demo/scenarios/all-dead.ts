import { ptr, refuses, type Scenario } from "../scenario.ts";

/** Every exchanger refuses connections. */
export const allDead: Scenario = {
  domain: "all-dead.example",
  title: "all exchangers are dead",
  story:
    "The mail servers were switched off on a Friday, and the MX set was to follow on Monday. Both addresses refuse connections. Nothing is returned yet: senders keep the mail in their queues and try for days, so nobody complains before Wednesday.",
  zone: `
$ORIGIN all-dead.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx1
@      MX   20 mx2
mx1    A    198.51.100.62
mx2    A    203.0.113.62
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@all-dead.example"
${ptr("198.51.100.62", "mx1.all-dead.example")}
${ptr("203.0.113.62", "mx2.all-dead.example")}
`,
  servers: [
    { host: "mx1.all-dead.example", addresses: ["198.51.100.62"], dialogue: refuses },
    { host: "mx2.all-dead.example", addresses: ["203.0.113.62"], dialogue: refuses },
  ],
  expect: { verdict: ["mx/unreachable:all"], exitCode: 1 },
  names: /is lost: none of its mail servers can be reached/,
};
