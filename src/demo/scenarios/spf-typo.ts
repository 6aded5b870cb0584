import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** One letter voids the SPF record. */
export const spfTypo: Scenario = {
  domain: "spf-typo.example",
  title: "one letter voids the SPF record",
  story:
    "The record says ipv4 where SPF knows only ip4. It looks right to everybody who reads it, and receivers must treat the whole record as an error, the parts before the mistake included.",
  zone: `
$ORIGIN spf-typo.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.93
@      TXT  "v=spf1 mx ipv4:198.51.100.93 -all"
_dmarc TXT  "v=DMARC1; p=quarantine; rua=mailto:dmarc@spf-typo.example"
${ptr("198.51.100.93", "mx.spf-typo.example")}
`,
  servers: [
    {
      host: "mx.spf-typo.example",
      addresses: ["198.51.100.93"],
      dialogue: mailServer({
        host: "mx.spf-typo.example",
        software: "postfix",
        cert: "mx.spf-typo.example",
      }),
    },
  ],
  expect: { verdict: ["spf/syntax:syntax"], exitCode: 1 },
  names: /SPF record .* syntax error/,
};
