import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Every recipient is accepted, on purpose. */
export const catchAll: Scenario = {
  domain: "catch-all.example",
  title: "healthy, and accepts every recipient",
  story:
    "The owner gives every shop an address of its own and reads them all in one mailbox, so the server accepts whatever stands before the @. That is legitimate, and the same answer could come from a server that lost its list of users and returns the mail later: maildoctor mentions it in a note, and does not guess. Strangers still cannot relay, which is the question that matters.",
  zone: `
$ORIGIN catch-all.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    192.0.2.108
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@catch-all.example"
${ptr("192.0.2.108", "mx.catch-all.example")}
`,
  servers: [
    {
      host: "mx.catch-all.example",
      addresses: ["192.0.2.108"],
      dialogue: mailServer({
        host: "mx.catch-all.example",
        software: "postfix",
        cert: "mx.catch-all.example",
        replies: { others: "250 2.1.5 Ok" },
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
