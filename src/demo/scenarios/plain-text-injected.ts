import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Something is slipped in before TLS. */
export const plainTextInjected: Scenario = {
  domain: "plain-text-injected.example",
  title: "plain text is slipped in before TLS",
  story:
    "In the same packet as the server's 220 comes one more reply, in plain text, from a box on the way. A careless client takes it for the first answer inside TLS: that is how replies are forged in encrypted sessions. maildoctor stops at the first byte that comes out of turn.",
  zone: `
$ORIGIN plain-text-injected.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.87
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@plain-text-injected.example"
${ptr("198.51.100.87", "mx.plain-text-injected.example")}
`,
  servers: [
    {
      host: "mx.plain-text-injected.example",
      addresses: ["198.51.100.87"],
      dialogue: mailServer({
        host: "mx.plain-text-injected.example",
        software: "postfix",
        cert: "mx.plain-text-injected.example",
        handshake: [String.raw`* inject "250 2.0.0 Ok\r\n"`, "* starttls"],
      }),
    },
  ],
  expect: { verdict: ["smtp/starttls-injection:injection"], exitCode: 1 },
  names: /plain text is slipped/,
};
