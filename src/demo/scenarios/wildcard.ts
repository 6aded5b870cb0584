import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** One wildcard certificate for every exchanger. */
export const wildcard: Scenario = {
  domain: "wildcard.example",
  title: "healthy, one certificate for all hosts",
  story:
    "Both exchangers present the same certificate, for *.wildcard.example. The asterisk stands for exactly one label, so it covers mx1 and mx2, and would not cover mx1.mail.wildcard.example, nor the bare domain. Here it fits, and there is nothing to say.",
  zone: `
$ORIGIN wildcard.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx1
@      MX   10 mx2
mx1    A    192.0.2.103
mx2    A    198.51.100.103
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@wildcard.example"
${ptr("192.0.2.103", "mx1.wildcard.example")}
${ptr("198.51.100.103", "mx2.wildcard.example")}
`,
  servers: [
    {
      host: "mx1.wildcard.example",
      addresses: ["192.0.2.103"],
      dialogue: mailServer({
        host: "mx1.wildcard.example",
        software: "exim",
        cert: "wildcard.example",
      }),
    },
    {
      host: "mx2.wildcard.example",
      addresses: ["198.51.100.103"],
      dialogue: mailServer({
        host: "mx2.wildcard.example",
        software: "exim",
        cert: "wildcard.example",
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
