import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** A null MX beside a real one. */
export const nullMxAndMore: Scenario = {
  domain: "null-mx-and-more.example",
  title: "says both that it takes mail and that not",
  story:
    "When the domain moved to a new server, the null MX of its quiet years stayed in the zone. A null MX must stand alone; beside another record it means nothing definite. Some senders deliver, some return the mail, and which do what changes with their next update.",
  zone: `
$ORIGIN null-mx-and-more.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   0 .
@      MX   10 mail
mail   A    198.51.100.64
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@null-mx-and-more.example"
${ptr("198.51.100.64", "mail.null-mx-and-more.example")}
`,
  servers: [
    {
      host: "mail.null-mx-and-more.example",
      addresses: ["198.51.100.64"],
      dialogue: mailServer({
        host: "mail.null-mx-and-more.example",
        software: "postfix",
        cert: "mail.null-mx-and-more.example",
      }),
    },
  ],
  expect: { verdict: ["mx/null-mx-with-others:mixed"], exitCode: 1 },
  names: /both that it takes mail and that it takes none/,
};
