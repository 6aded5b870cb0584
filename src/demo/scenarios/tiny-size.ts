import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Messages of one megabyte at most. */
export const tinySize: Scenario = {
  domain: "tiny-size.example",
  title: "healthy, for letters of up to one megabyte",
  story:
    "The limit of one megabyte was generous when it was set. The server announces it with SIZE, so senders know before they send and return larger mail at once: nothing is broken, and people wonder why their photographs come back. A note, no more: it may be meant.",
  zone: `
$ORIGIN tiny-size.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.131
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@tiny-size.example"
${ptr("203.0.113.131", "mx.tiny-size.example")}
`,
  servers: [
    {
      host: "mx.tiny-size.example",
      addresses: ["203.0.113.131"],
      dialogue: mailServer({
        host: "mx.tiny-size.example",
        software: "postfix",
        cert: "mx.tiny-size.example",
        offers: ["SIZE 1048576"],
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
