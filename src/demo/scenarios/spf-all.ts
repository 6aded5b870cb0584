import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** SPF that lets everybody in. */
export const spfAll: Scenario = {
  domain: "spf-all.example",
  title: "SPF that lets everybody in",
  story:
    "Mail was refused now and then, and +all made it stop. It also says that every computer in the world may send in the name of this domain, and certifies each forgery as genuine: no SPF record at all would be better.",
  zone: `
$ORIGIN spf-all.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.92
@      TXT  "v=spf1 mx +all"
_dmarc TXT  "v=DMARC1; p=quarantine; rua=mailto:dmarc@spf-all.example"
${ptr("198.51.100.92", "mx.spf-all.example")}
`,
  servers: [
    {
      host: "mx.spf-all.example",
      addresses: ["198.51.100.92"],
      dialogue: mailServer({
        host: "mx.spf-all.example",
        software: "exim",
        cert: "mx.spf-all.example",
      }),
    },
  ],
  expect: { verdict: ["spf/all-permissive:pass-all"], exitCode: 1 },
  names: /lets everybody send/,
};
