import type { Scenario } from "../scenario.ts";

/** The MX record holds an IP address. */
export const literalMx: Scenario = {
  domain: "literal-mx.example",
  title: "the MX record holds an IP address",
  story:
    "A web form asked for the mail server, and somebody typed its address. An MX record holds a name, so senders look up a host called 198.51.100.63, which does not exist; the few that forgive the mistake make it harder to find.",
  zone: `
$ORIGIN literal-mx.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 198.51.100.63.
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@literal-mx.example"
`,
  servers: [],
  expect: { verdict: ["mx/unresolvable:all", "mx/address-literal:literal"], exitCode: 1 },
  names: /IP address/,
};
