import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** A subdomain that lives under the DMARC record of its organisation. */
export const subdomain: Scenario = {
  domain: "physics.university.example",
  title: "healthy, under its parent's DMARC policy",
  story:
    "A department with exchangers of its own and no DMARC record. It needs none: receivers walk up the tree of names and find the university's, which says what holds for subdomains. SPF does not climb like that, so the department publishes an SPF record itself.",
  zone: `
$ORIGIN physics.university.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx.university.example.
@      TXT  "v=spf1 mx -all"
$ORIGIN university.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      MX   10 mx
mx     A    192.0.2.106
mx     AAAA 2001:db8:106::25
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; sp=quarantine; rua=mailto:dmarc@university.example"
${ptr("192.0.2.106", "mx.university.example")}
${ptr("2001:db8:106::25", "mx.university.example")}
`,
  servers: [
    {
      host: "mx.university.example",
      addresses: ["192.0.2.106", "2001:db8:106::25"],
      dialogue: mailServer({
        host: "mx.university.example",
        software: "exim",
        cert: "mx.university.example",
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
