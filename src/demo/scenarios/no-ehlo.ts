import { ptr, type Scenario } from "../scenario.ts";

/** A server that knows only the HELO of 1982. */
export const noEhlo: Scenario = {
  domain: "no-ehlo.example",
  title: "a server that only knows HELO",
  story:
    "A server from another century. It refuses EHLO, takes HELO, and delivers faithfully: every sender falls back as it should. But all extensions are announced in the answer to EHLO, STARTTLS among them, so whatever is sent there crosses the network in the clear.",
  zone: `
$ORIGIN no-ehlo.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
mail   A    198.51.100.70
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@no-ehlo.example"
${ptr("198.51.100.70", "mail.no-ehlo.example")}
`,
  servers: [
    {
      host: "mail.no-ehlo.example",
      addresses: ["198.51.100.70"],
      dialogue: `
@protocol smtp
@connections any
S: 220 mail.no-ehlo.example SMTP service ready
C? EHLO {name}
S: 500 Syntax error, command unrecognized
C? HELO {name}
S: 250 mail.no-ehlo.example
C? MAIL FROM:<>
S: 250 OK
C? RCPT TO:<postmaster@{domain}>
S: 250 OK
C? RCPT TO:<{unknown}>
S: 550 No such user here
C? RSET
S: 250 OK
C? MAIL FROM:<{sender}>
S: 250 OK
C? RCPT TO:<{foreign}>
S: 550 Relaying denied
C? RSET
S: 250 OK
C? QUIT
S: 221 mail.no-ehlo.example Service closing transmission channel
* close
`,
    },
  ],
  expect: { verdict: ["smtp/starttls-missing:missing"], exitCode: 1 },
  names: /unencrypted/,
};
