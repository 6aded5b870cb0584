import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** STARTTLS is offered inside TLS again. */
export const starttlsTwice: Scenario = {
  domain: "starttls-twice.example",
  title: "healthy, and offers TLS inside TLS",
  story:
    "A proxy does the encryption and passes the plain session on, and the mail server behind it does not know: inside TLS it offers STARTTLS again. Clients ignore that, as they should. It is worth a note, because the server's log will call every session unencrypted.",
  zone: `
$ORIGIN starttls-twice.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.132
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@starttls-twice.example"
${ptr("203.0.113.132", "mx.starttls-twice.example")}
`,
  servers: [
    {
      host: "mx.starttls-twice.example",
      addresses: ["203.0.113.132"],
      dialogue: mailServer({
        host: "mx.starttls-twice.example",
        software: "postfix",
        cert: "mx.starttls-twice.example",
        offersTlsTwice: true,
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
