import { ptr, type Scenario } from "../scenario.ts";

/** A firewall rewrites the dialogue and takes STARTTLS away. */
export const masked: Scenario = {
  domain: "masked.example",
  title: "a firewall hides STARTTLS",
  story:
    "The mail server offers STARTTLS, but a firewall in front of it inspects SMTP: it turns the greeting into asterisks and every extension that it does not know into XXXX. Senders see no STARTTLS and hand the mail over in the clear. The cure is in the firewall, not in the mail server, where one would look for days.",
  zone: `
$ORIGIN masked.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
mail   A    203.0.113.100
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@masked.example"
${ptr("203.0.113.100", "mail.masked.example")}
`,
  servers: [
    {
      host: "mail.masked.example",
      addresses: ["203.0.113.100"],
      dialogue: `
@protocol smtp
@connections any
S: 220 ****************************************
C? EHLO {name}
S: 250-mail.masked.example Hello [203.0.113.200]
S: 250-SIZE 37748736
S: 250-PIPELINING
S: 250-DSN
S: 250-ENHANCEDSTATUSCODES
S: 250-XXXXXXXA
S: 250-8BITMIME
S: 250 XXXXXXXXB
C? MAIL FROM:<>
S: 250 2.1.0 Sender OK
C? RCPT TO:<postmaster@{domain}>
S: 250 2.1.5 Recipient OK
C? RCPT TO:<{unknown}>
S: 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
C? RSET
S: 250 2.0.0 Resetting
C? MAIL FROM:<{sender}>
S: 250 2.1.0 Sender OK
C? RCPT TO:<{foreign}>
S: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain
C? RSET
S: 250 2.0.0 Resetting
C? QUIT
S: 221 2.0.0 Service closing transmission channel
* close
`,
    },
  ],
  expect: { verdict: ["smtp/starttls-missing:filtered"], exitCode: 0 },
  names: /filter hides STARTTLS/,
};
