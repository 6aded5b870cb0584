import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The certificate vouches for itself. */
export const selfSigned: Scenario = {
  domain: "self-signed.example",
  title: "the certificate is signed by itself",
  story:
    "When the server was installed it made a certificate for itself, and that one is still there. Mail is encrypted, and that is worth something; but anybody on the way could have made the same certificate, and senders that check before they send go away.",
  zone: `
$ORIGIN self-signed.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
mail   A    198.51.100.80
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@self-signed.example"
${ptr("198.51.100.80", "mail.self-signed.example")}
`,
  servers: [
    {
      host: "mail.self-signed.example",
      addresses: ["198.51.100.80"],
      dialogue: mailServer({
        host: "mail.self-signed.example",
        software: "postfix",
        cert: "mail.self-signed.example",
      }),
    },
  ],
  expect: { verdict: ["tls/certificate-untrusted:self-signed"], exitCode: 0 },
  names: /self-signed/,
};
