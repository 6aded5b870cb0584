import { ptr, type Scenario } from "../scenario.ts";

/** The server does not want this client, which says nothing about the domain. */
export const refusesUs: Scenario = {
  domain: "refuses-us.example",
  title: "refuses us, and perhaps nobody else",
  story:
    "The address that we come from stands on a blocklist, and the server greets with 554 where others hear 220. That is a fact about us: everybody else may be welcome. maildoctor says that it could not tell, quotes the reply, and does not blame the domain.",
  zone: `
$ORIGIN refuses-us.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.112
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@refuses-us.example"
${ptr("203.0.113.112", "mx.refuses-us.example")}
`,
  servers: [
    {
      host: "mx.refuses-us.example",
      addresses: ["203.0.113.112"],
      dialogue: `
@protocol smtp
@connections any
S: 554-mx.refuses-us.example
S: 554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.
C? QUIT
S: 221 mx.refuses-us.example closing connection
* close
`,
    },
  ],
  expect: { verdict: "inconclusive", exitCode: 3 },
  names: /^Could not tell .* refuse/,
};
