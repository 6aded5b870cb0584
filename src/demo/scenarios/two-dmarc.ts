import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Two DMARC records, which void each other. */
export const twoDmarc: Scenario = {
  domain: "two-dmarc.example",
  title: "two DMARC records",
  story:
    "One record only watches, and one rejects: the second was meant to replace the first. Receivers that find two discard both, so the domain that believes itself protected is as open as one without any.",
  zone: `
$ORIGIN two-dmarc.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.94
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=none; rua=mailto:dmarc@two-dmarc.example"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@two-dmarc.example"
${ptr("198.51.100.94", "mx.two-dmarc.example")}
`,
  servers: [
    {
      host: "mx.two-dmarc.example",
      addresses: ["198.51.100.94"],
      dialogue: mailServer({
        host: "mx.two-dmarc.example",
        software: "postfix",
        cert: "mx.two-dmarc.example",
      }),
    },
  ],
  expect: { verdict: ["dmarc/multiple:several"], exitCode: 1 },
  names: /several DMARC records/,
};
