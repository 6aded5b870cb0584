import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The certificate is of the future. */
export const notYetValid: Scenario = {
  domain: "not-yet-valid.example",
  title: "the certificate is not valid yet",
  story:
    "The machine that made the certificate believed that it was 2099: its clock had lost its battery. The certificate will be good for a year, in a lifetime or so. Senders that check refuse it today.",
  zone: `
$ORIGIN not-yet-valid.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.81
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@not-yet-valid.example"
${ptr("198.51.100.81", "mx.not-yet-valid.example")}
`,
  servers: [
    {
      host: "mx.not-yet-valid.example",
      addresses: ["198.51.100.81"],
      dialogue: mailServer({
        host: "mx.not-yet-valid.example",
        software: "postfix",
        cert: "mx.not-yet-valid.example",
      }),
    },
  ],
  expect: { verdict: ["tls/certificate-not-yet-valid:not-yet"], exitCode: 0 },
  names: /not (yet )?valid|valid yet|future/,
};
