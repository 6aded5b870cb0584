import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The certificate has a key that can be broken. */
export const weakKey: Scenario = {
  domain: "weak-key.example",
  title: "the key has 1024 bits",
  story:
    "The key is from 2009 and was renewed with every certificate since, because the renewal keeps the key. 1024 bits of RSA were enough then. Today an attacker with money can break it, and modern TLS libraries refuse the handshake.",
  zone: `
$ORIGIN weak-key.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
mail   A    198.51.100.82
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@weak-key.example"
${ptr("198.51.100.82", "mail.weak-key.example")}
`,
  servers: [
    {
      host: "mail.weak-key.example",
      addresses: ["198.51.100.82"],
      dialogue: mailServer({
        host: "mail.weak-key.example",
        software: "sendmail",
        cert: "mail.weak-key.example",
      }),
    },
  ],
  expect: { verdict: ["tls/certificate-weak-key:short"], exitCode: 0 },
  names: /key .*can be broken/,
};
