import { ptr, type Scenario } from "../scenario.ts";

/** Another protocol answers on port 25. */
export const wrongPort: Scenario = {
  domain: "wrong-port.example",
  title: "port 25 leads to the IMAP server",
  story:
    "The router has a rule for each mail port, and the one for port 25 leads to port 143. The mail server is well; what answers to senders is Dovecot, in IMAP. Nothing in the mail server's own log says so, because nothing ever arrives there.",
  zone: `
$ORIGIN wrong-port.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    198.51.100.65
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@wrong-port.example"
${ptr("198.51.100.65", "mx.wrong-port.example")}
`,
  servers: [
    {
      host: "mx.wrong-port.example",
      addresses: ["198.51.100.65"],
      dialogue: `
@protocol imap
@connections any
S: * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ STARTTLS LOGINDISABLED] Dovecot (Debian) ready.
* stall
`,
    },
  ],
  expect: { verdict: ["mx/unreachable:all"], exitCode: 1 },
  names: /is lost: none of its mail servers can be reached/,
};
