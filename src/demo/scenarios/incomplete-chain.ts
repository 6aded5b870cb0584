import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The intermediate certificate is not sent. */
export const incompleteChain: Scenario = {
  domain: "incomplete-chain.example",
  title: "the certificate chain has a gap",
  story:
    "The administrator installed cert.pem and not fullchain.pem, so the server sends its own certificate without that of the authority in between. Browsers fetch what is missing and hide the mistake; mail servers do not, and those that check see a certificate from nowhere.",
  zone: `
$ORIGIN incomplete-chain.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.83
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@incomplete-chain.example"
${ptr("198.51.100.83", "mx.incomplete-chain.example")}
`,
  servers: [
    {
      host: "mx.incomplete-chain.example",
      addresses: ["198.51.100.83"],
      dialogue: mailServer({
        host: "mx.incomplete-chain.example",
        software: "postfix",
        cert: "mx.incomplete-chain.example",
      }),
    },
  ],
  expect: { verdict: ["tls/certificate-untrusted:incomplete-chain"], exitCode: 0 },
  names: /incomplete certificate chain/,
};
