import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The certificate ran out and nobody noticed, because mail still arrives. */
export const expiredCert: Scenario = {
  domain: "expired-cert.example",
  title: "the certificate has expired",
  story:
    "Renewal stopped working in 2024. Most senders encrypt without checking certificates, so mail still arrives and nobody noticed; the senders that do check (because of MTA-STS, DANE or their own policy) hold the mail back. That makes it a warning here, and an error where such a policy is published.",
  zone: `
$ORIGIN expired-cert.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
mail   A    198.51.100.40
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@expired-cert.example"
${ptr("198.51.100.40", "mail.expired-cert.example")}
`,
  servers: [
    {
      host: "mail.expired-cert.example",
      addresses: ["198.51.100.40"],
      dialogue: mailServer({
        host: "mail.expired-cert.example",
        software: "exim",
        cert: "mail.expired-cert.example",
      }),
    },
  ],
  expect: { verdict: ["tls/certificate-expired:expired"], exitCode: 0 },
  names: /expired certificate/,
};
