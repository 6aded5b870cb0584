import { type Scenario } from "../scenario.ts";

/** The DNS does not answer, so nothing is known. */
export const servfail: Scenario = {
  domain: "servfail.example",
  title: "its DNS fails",
  story:
    "The signatures of the zone have run out, and resolvers that validate answer SERVFAIL to every question. That does not mean that there are no MX records: it means that nothing is known of them, and senders with such resolvers keep the mail in their queues. maildoctor says that it could not tell, once, with the cause.",
  zone: `
$ORIGIN servfail.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      MX   10 mx1
mx1    A    203.0.113.80
;! servfail @ *
;! servfail mx1 *
;! servfail _dmarc *
`,
  servers: [],
  expect: { verdict: "inconclusive", exitCode: 3 },
  names: /^Could not tell .* SERVFAIL/,
};
