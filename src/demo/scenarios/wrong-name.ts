import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The certificate is for another host. */
export const wrongName: Scenario = {
  domain: "wrong-name.example",
  title: "the certificate is for another host",
  story:
    "Shared hosting: the MX record has a name of the customer's own, and the server behind it presents the certificate of the hosting company's machine. Encrypted it is; that the right server is at the other end, no sender can tell.",
  zone: `
$ORIGIN wrong-name.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
mail   A    203.0.113.17
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@wrong-name.example"
host17.hosting.example. A 203.0.113.17
${ptr("203.0.113.17", "host17.hosting.example")}
`,
  servers: [
    {
      host: "host17.hosting.example",
      addresses: ["203.0.113.17"],
      dialogue: mailServer({
        host: "host17.hosting.example",
        software: "exim",
        cert: "host17.hosting.example",
      }),
    },
  ],
  expect: { verdict: ["tls/certificate-name-mismatch:mismatch"], exitCode: 0 },
  names: /for another name/,
};
