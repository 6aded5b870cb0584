import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** No IPv6 anywhere, which nothing requires. */
export const ipv4Only: Scenario = {
  domain: "ipv4-only.example",
  title: "healthy, over IPv4 alone",
  story:
    "The office has no IPv6, and nothing says that it must. Senders ask for an AAAA record, are told that there is none, and use the A record. An empty answer is an answer: a tool that counts it as a failure raises a false alarm at every office of this kind.",
  zone: `
$ORIGIN ipv4-only.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    192.0.2.102
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@ipv4-only.example"
${ptr("192.0.2.102", "mx.ipv4-only.example")}
`,
  servers: [
    {
      host: "mx.ipv4-only.example",
      addresses: ["192.0.2.102"],
      dialogue: mailServer({
        host: "mx.ipv4-only.example",
        software: "exchange",
        cert: "mx.ipv4-only.example",
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
