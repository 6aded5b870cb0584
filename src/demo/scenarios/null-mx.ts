import { type Scenario } from "../scenario.ts";

/** A domain that takes no mail and says so. */
export const nullMx: Scenario = {
  domain: "null-mx.example",
  title: "takes no mail, and says so",
  story:
    "A web site without mail. The null MX tells senders at once that nothing can be delivered, so that a mistyped address comes back in seconds instead of days; SPF and DMARC tell receivers that nothing from this name is genuine. There is no server to connect to, and nothing to mend.",
  zone: `
$ORIGIN null-mx.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      A    192.0.2.80
@      MX   0 .
@      TXT  "v=spf1 -all"
_dmarc TXT  "v=DMARC1; p=reject"
;! authentic @
`,
  servers: [],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /accepts no mail and says so/,
};
