import type { Scenario } from "../scenario.ts";

/** The exchanger is the sender itself. */
export const localhostMx: Scenario = {
  domain: "localhost-mx.example",
  title: "the MX record says localhost",
  story:
    "Somebody wanted to say that the domain takes no mail, and wrote localhost into the MX record. To every sender that is the sender itself: some return the mail as a loop, some hand it to themselves in circles first. The null MX says what was meant.",
  zone: `
$ORIGIN localhost-mx.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 localhost.
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@localhost-mx.example"
`,
  servers: [],
  expect: { verdict: ["mx/unresolvable:all", "mx/localhost:localhost"], exitCode: 1 },
  names: /sends every sender back to itself/,
};
