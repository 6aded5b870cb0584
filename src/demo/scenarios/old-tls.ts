import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Nothing newer than TLS 1.1. */
export const oldTls: Scenario = {
  domain: "old-tls.example",
  title: "speaks nothing newer than TLS 1.1",
  story:
    "An appliance that has run without a fault since 2011, updates not included. It agrees on TLS 1.1 at best, which was deprecated in 2021; senders that insist on 1.2 deliver in the clear instead, or not at all.",
  zone: `
$ORIGIN old-tls.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
mail   A    198.51.100.84
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@old-tls.example"
${ptr("198.51.100.84", "mail.old-tls.example")}
`,
  servers: [
    {
      host: "mail.old-tls.example",
      addresses: ["198.51.100.84"],
      dialogue: mailServer({
        host: "mail.old-tls.example",
        software: "sendmail",
        cert: "mail.old-tls.example",
        tlsMax: "1.1",
      }),
    },
  ],
  expect: { verdict: ["tls/version-old:old"], exitCode: 0 },
  names: /outdated TLS/,
};
