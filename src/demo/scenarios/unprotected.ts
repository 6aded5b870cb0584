import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Neither SPF nor DMARC. */
export const unprotected: Scenario = {
  domain: "unprotected.example",
  title: "no SPF and no DMARC: anybody may be it",
  story:
    "Mail to the domain arrives, so its owner sees no fault. But nothing in the DNS says who may send in its name: the invoices that criminals send from accounting@unprotected.example look as good as the real ones, and large receivers put both into the spam folder.",
  zone: `
$ORIGIN unprotected.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.90
${ptr("198.51.100.90", "mx.unprotected.example")}
`,
  servers: [
    {
      host: "mx.unprotected.example",
      addresses: ["198.51.100.90"],
      dialogue: mailServer({
        host: "mx.unprotected.example",
        software: "exchange",
        cert: "mx.unprotected.example",
      }),
    },
  ],
  expect: { verdict: ["spf/missing:missing", "dmarc/missing:missing"], exitCode: 0 },
  names: /no SPF record/,
};
