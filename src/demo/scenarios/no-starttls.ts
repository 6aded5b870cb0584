import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** One of two exchangers hands mail over in the clear. */
export const noStarttls: Scenario = {
  domain: "no-starttls.example",
  title: "the backup takes mail unencrypted",
  story:
    "The first exchanger encrypts. The second, an old machine that nobody looks at, does not offer STARTTLS, and whoever makes the first one unreachable reads the mail that goes to the second. Looking at the first exchanger alone shows a healthy domain.",
  zone: `
$ORIGIN no-starttls.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx1
@      MX   20 mx2
mx1    A    198.51.100.30
mx2    A    198.51.100.31
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@no-starttls.example"
${ptr("198.51.100.30", "mx1.no-starttls.example")}
${ptr("198.51.100.31", "mx2.no-starttls.example")}
`,
  servers: [
    {
      host: "mx1.no-starttls.example",
      addresses: ["198.51.100.30"],
      dialogue: mailServer({
        host: "mx1.no-starttls.example",
        software: "postfix",
        cert: "mx1.no-starttls.example",
      }),
    },
    {
      host: "mx2.no-starttls.example",
      addresses: ["198.51.100.31"],
      dialogue: mailServer({ host: "mx2.no-starttls.example", software: "sendmail" }),
    },
  ],
  expect: { verdict: ["smtp/starttls-missing:missing"], exitCode: 1 },
  names: /unencrypted/,
};
