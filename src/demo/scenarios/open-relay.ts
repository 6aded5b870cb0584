import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Strangers may send to strangers through it. */
export const openRelay: Scenario = {
  domain: "open-relay.example",
  title: "relays for anybody",
  story:
    "A receive connector was opened for a printer and forgot to ask for whom. The server accepts a foreign recipient from a foreign sender, so spam will leave through it and its address will be on every blocklist within days. maildoctor asks with one envelope and sends no message.",
  zone: `
$ORIGIN open-relay.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
mail   A    203.0.113.60
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@open-relay.example"
${ptr("203.0.113.60", "mail.open-relay.example")}
`,
  servers: [
    {
      host: "mail.open-relay.example",
      addresses: ["203.0.113.60"],
      dialogue: mailServer({
        host: "mail.open-relay.example",
        software: "exchange",
        cert: "mail.open-relay.example",
        relays: true,
      }),
    },
  ],
  expect: { verdict: ["relay/open-relay:accepts"], exitCode: 1 },
  names: /open relay/,
};
