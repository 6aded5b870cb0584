import { ptr, type Scenario } from "../scenario.ts";

/** Replies that look wrong and follow the grammar to the letter. */
export const oddReplies: Scenario = {
  domain: "odd-replies.example",
  title: "healthy, with replies that only look odd",
  story:
    "A home-made server by somebody who read the standard closely. Keywords come in mixed case, every reply may run over several lines, a code may stand without any text, and a reply arrives in pieces of seven bytes, cut wherever the network pleases. All of that is legal; programs that expect one line in one packet stumble here.",
  zone: `
$ORIGIN odd-replies.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    192.0.2.111
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@odd-replies.example"
${ptr("192.0.2.111", "mx.odd-replies.example")}
`,
  servers: [
    {
      host: "mx.odd-replies.example",
      addresses: ["192.0.2.111"],
      dialogue: `
@protocol smtp
@connections any
@cert mx.odd-replies.example
@tls-min 1.2
S: 220-mx.odd-replies.example SMTP, in its own words
S: 220-
S: 220 Please mind the gap
* trickle 7 bytes / 1ms
C? EHLO {name}
S: 250-mx.odd-replies.example at your service, {name}
S: 250-size
S: 250-8bitMIME
S: 250-Pipelining
S: 250-StartTLS
S: 250 help
C? VRFY {user}
S: 252
C? VRFY {user}
S: 252
C? EXPN {user}
S: 502
C? MAILDOCTOR
S: 500-I have never heard
S: 500 of that
C? HELP
S: 214-Help is
S: 214 on its way
C? STARTTLS
* discard
S: 220
* starttls
C? EHLO {name}
S: 250-mx.odd-replies.example at your service, {name}
S: 250-size
S: 250-8bitMIME
S: 250-Pipelining
S: 250 help
C? MAIL FROM:<>
S: 250
C? RCPT TO:<postmaster@{domain}>
S: 250-The postmaster
S: 250-is in,
S: 250 and reads mail
C? RCPT TO:<{unknown}>
S: 550-{unknown}
S: 550-has never been heard of:
S: 550 no such user here
C? RSET
S: 250
C? MAIL FROM:<{sender}>
S: 250
C? RCPT TO:<{foreign}>
S: 550-We are not a relay:
S: 550 relaying denied
C? RSET
S: 250
C? QUIT
S: 221-It was
S: 221 a pleasure
* close
`,
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
