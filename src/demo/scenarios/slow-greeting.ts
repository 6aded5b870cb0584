import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Keeps clients waiting for the greeting, on purpose. */
export const slowGreeting: Scenario = {
  domain: "slow-greeting.example",
  title: "healthy, and slow to greet",
  story:
    "The server sends the first line of its greeting at once and the last one after some seconds: spam programs that do not wait their turn give themselves away. Clients that wait, as all must, lose nothing. A tool with a short timeout calls this server dead.",
  zone: `
$ORIGIN slow-greeting.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.90
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@slow-greeting.example"
${ptr("203.0.113.90", "mx.slow-greeting.example")}
`,
  servers: [
    {
      host: "mx.slow-greeting.example",
      addresses: ["203.0.113.90"],
      dialogue: mailServer({
        host: "mx.slow-greeting.example",
        software: "postfix",
        cert: "mx.slow-greeting.example",
        greeting: [
          "S: 220-mx.slow-greeting.example ESMTP, please wait to be seated",
          "* wait 2500ms",
          "S: 220 mx.slow-greeting.example ESMTP Postfix",
        ],
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
