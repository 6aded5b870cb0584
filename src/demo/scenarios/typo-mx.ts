import type { Scenario } from "../scenario.ts";

/** The exchanger does not exist. */
export const typoMx: Scenario = {
  domain: "typo-mx.example",
  title: "the MX record has a typing error",
  story:
    "The server is mail.typo-mx.example, and the MX record says mial. The server runs, the web site is up, outgoing mail leaves; only nobody can reply. Senders ask for the address of a name that does not exist and return the mail at once.",
  zone: `
$ORIGIN typo-mx.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mial
mail   A    198.51.100.60
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@typo-mx.example"
`,
  servers: [],
  expect: { verdict: ["mx/unresolvable:all"], exitCode: 1 },
  names: /is lost.*exchangers? .*address/,
};
