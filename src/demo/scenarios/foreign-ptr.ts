import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The reverse name does not lead back. */
export const foreignPtr: Scenario = {
  domain: "foreign-ptr.example",
  title: "the reverse name is the last tenant's",
  story:
    "The address was somebody else's before, and its PTR record still says whose. That name leads to another address by now, so the two do not confirm each other, and receivers that check mail from here trust neither.",
  zone: `
$ORIGIN foreign-ptr.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.125
mail.last-tenant.example. A 192.0.2.250
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@foreign-ptr.example"
${ptr("203.0.113.125", "mail.last-tenant.example")}
`,
  servers: [
    {
      host: "mx.foreign-ptr.example",
      addresses: ["203.0.113.125"],
      dialogue: mailServer({
        host: "mx.foreign-ptr.example",
        software: "exim",
        cert: "mx.foreign-ptr.example",
      }),
    },
  ],
  expect: { verdict: ["address/ptr-unconfirmed:unconfirmed"], exitCode: 0 },
  names: /reverse name .* does not lead back/,
};
