import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** The server does not know that it takes the domain's mail. */
export const notServed: Scenario = {
  domain: "not-served.example",
  title: "the server does not know the domain",
  story:
    "The MX record was changed to the new server in good time; the new server was told of the domain a day later. Until then it refuses every recipient as a stranger's: Relay access denied. That is permanent, so senders return the mail at once.",
  zone: `
$ORIGIN not-served.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.120
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@not-served.example"
${ptr("203.0.113.120", "mx.not-served.example")}
`,
  servers: [
    {
      host: "mx.not-served.example",
      addresses: ["203.0.113.120"],
      dialogue: mailServer({
        host: "mx.not-served.example",
        software: "postfix",
        cert: "mx.not-served.example",
        replies: {
          postmaster: "554 5.7.1 <{recipient}>: Relay access denied",
          others: "554 5.7.1 <{recipient}>: Relay access denied",
        },
      }),
    },
  ],
  expect: { verdict: ["smtp/domain-not-served:all"], exitCode: 1 },
  names: /is lost: its mail servers do not know the domain/,
};
