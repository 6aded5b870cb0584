import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Where the people of the domain hand in their mail: logins are offered inside TLS alone. */
const submission = `
@protocol smtp
@connections any
@cert submit.healthy.example
@tls-min 1.2
S: 220 submit.healthy.example ESMTP Postfix (Debian/GNU)
C? EHLO {name}
S: 250-submit.healthy.example
S: 250-PIPELINING
S: 250-SIZE 52428800
S: 250-STARTTLS
S: 250-ENHANCEDSTATUSCODES
S: 250 8BITMIME
C? VRFY {user}
S: 252 2.0.0 {user}
C? VRFY {user}
S: 252 2.0.0 {user}
C? EXPN {user}
S: 502 5.5.2 Error: command not recognized
C? MAILDOCTOR
S: 502 5.5.2 Error: command not recognized
C? HELP
S: 502 5.5.2 Error: command not recognized
C? STARTTLS
* discard
S: 220 2.0.0 Ready to start TLS
* starttls
C? EHLO {name}
S: 250-submit.healthy.example
S: 250-PIPELINING
S: 250-SIZE 52428800
S: 250-AUTH PLAIN LOGIN
S: 250-ENHANCEDSTATUSCODES
S: 250 8BITMIME
C? QUIT
S: 221 2.0.0 Bye
* close
`;

/** Where they read it. */
const store = `
@protocol imap
@connections any
@cert imap.healthy.example
@tls-min 1.2
@tls implicit
S: * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN AUTH=LOGIN] Dovecot (Debian) ready.
* stall
`;

/** Everything in order, over both address families. */
export const healthy: Scenario = {
  domain: "healthy.example",
  title: "everything in order",
  story:
    "Two exchangers share the mail, each over IPv4 and IPv6. A sender asks for the MX set, tries mx1 first and keeps mx2 for bad days. Every address has a reverse name that leads back to it, both servers offer STARTTLS with TLS 1.3 and a certificate for their own name, postmaster is there, strangers cannot relay, and SPF and DMARC say who may send. This is what no findings look like.",
  zone: `
$ORIGIN healthy.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx1
@      MX   20 mx2
mx1    A    192.0.2.10
mx1    AAAA 2001:db8:10::10
mx2    A    192.0.2.11
mx2    AAAA 2001:db8:10::11
submit A    192.0.2.12
imap   A    192.0.2.13
_submission._tcp SRV 0 1 587 submit
_imaps._tcp      SRV 0 1 993 imap
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc-reports@healthy.example"
;! authentic @
${ptr("192.0.2.10", "mx1.healthy.example")}
${ptr("192.0.2.11", "mx2.healthy.example")}
${ptr("2001:db8:10::10", "mx1.healthy.example")}
${ptr("2001:db8:10::11", "mx2.healthy.example")}
${ptr("192.0.2.12", "submit.healthy.example")}
${ptr("192.0.2.13", "imap.healthy.example")}
`,
  servers: [
    {
      host: "mx1.healthy.example",
      addresses: ["192.0.2.10", "2001:db8:10::10"],
      dialogue: mailServer({
        host: "mx1.healthy.example",
        software: "postfix",
        cert: "mx1.healthy.example",
      }),
    },
    {
      host: "mx2.healthy.example",
      addresses: ["192.0.2.11", "2001:db8:10::11"],
      dialogue: mailServer({
        host: "mx2.healthy.example",
        software: "postfix",
        cert: "mx2.healthy.example",
      }),
    },
    { host: "submit.healthy.example", addresses: ["192.0.2.12"], port: 587, dialogue: submission },
    { host: "imap.healthy.example", addresses: ["192.0.2.13"], port: 993, dialogue: store },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
