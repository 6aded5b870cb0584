import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The MX record names an alias. */
export const aliasMx: Scenario = {
  domain: "alias-mx.example",
  title: "the MX record names an alias",
  story:
    "The domain wanted its own name in the MX record and made it a CNAME of the hosting company's server. An MX record must name a host with addresses: most senders follow the alias, some refuse the domain, and the server behind it may not recognise itself. Everything else is in order, so this is easy to overlook and easy to mend.",
  zone: `
$ORIGIN alias-mx.example.
@      SOA   ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS    ns1.dns.example.
@      NS    ns2.dns.example.
@      MX    10 mail
mail   CNAME in3.hosting.example.
@      TXT   "v=spf1 ip4:198.51.100.50 -all"
_dmarc TXT   "v=DMARC1; p=reject; rua=mailto:dmarc@alias-mx.example"
in3.hosting.example. A 198.51.100.50
${ptr("198.51.100.50", "in3.hosting.example")}
`,
  servers: [
    {
      host: "in3.hosting.example",
      addresses: ["198.51.100.50"],
      dialogue: mailServer({
        host: "in3.hosting.example",
        software: "exim",
        cert: "mail.alias-mx.example",
      }),
    },
  ],
  expect: { verdict: ["mx/alias-target:alias"], exitCode: 0 },
  names: /alias/,
};
