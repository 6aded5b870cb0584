import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Two SPF records, which void each other. */
export const twoSpf: Scenario = {
  domain: "two-spf.example",
  title: "two SPF records",
  story:
    "The newsletter service said: publish this SPF record. So it was published, beside the one that was there. A domain may have one; with two, receivers give up with an error, and neither counts. The two belong into one record.",
  zone: `
$ORIGIN two-spf.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.91
@      TXT  "v=spf1 mx -all"
@      TXT  "v=spf1 include:_spf.newsletter.example ~all"
_dmarc TXT  "v=DMARC1; p=quarantine; rua=mailto:dmarc@two-spf.example"
_spf.newsletter.example. TXT "v=spf1 ip4:203.0.113.200 -all"
${ptr("198.51.100.91", "mx.two-spf.example")}
`,
  servers: [
    {
      host: "mx.two-spf.example",
      addresses: ["198.51.100.91"],
      dialogue: mailServer({
        host: "mx.two-spf.example",
        software: "exchange",
        cert: "mx.two-spf.example",
      }),
    },
  ],
  expect: { verdict: ["spf/multiple:several"], exitCode: 1 },
  names: /several SPF records/,
};
