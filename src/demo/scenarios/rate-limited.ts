import { ptr, type Scenario } from "../scenario.ts";

/** The server is too busy to talk to us. */
export const rateLimited: Scenario = {
  domain: "rate-limited.example",
  title: "too busy to talk to us",
  story:
    "The server answers every connection from here with 421: too many connections, come back later. That says something about us and the moment, and nothing about the domain: a sender would try again. maildoctor does not call it broken, does not insist, and says that it could not tell.",
  zone: `
$ORIGIN rate-limited.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.110
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@rate-limited.example"
${ptr("203.0.113.110", "mx.rate-limited.example")}
`,
  servers: [
    {
      host: "mx.rate-limited.example",
      addresses: ["203.0.113.110"],
      dialogue: `
@protocol smtp
@connections any
S: 421 4.7.0 mx.rate-limited.example Error: too many connections from 203.0.113.200
* close
`,
    },
  ],
  expect: { verdict: "inconclusive", exitCode: 3 },
  names: /^Could not tell .* come back later/,
};
