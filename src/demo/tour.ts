/** A stop on the way of a message, with what is shown there and where it breaks. */
export interface TourStop {
  readonly title: string;
  readonly text: string;
  /** The target of a run, and its lines to show: for each pattern the first line that matches. */
  readonly shows: { readonly target: string; readonly lines: readonly RegExp[] };
  /** A sick domain of the demo at which mail comes to grief here. */
  readonly breaks: string;
}

/** The domain to which the message of the tour goes. */
export const tourDomain = "healthy.example";

/** The way of a message from its writer to its reader, in order. */
export const tour: readonly TourStop[] = [
  {
    title: "Submission: from the mail program to its provider",
    text: "Ann writes to bob@healthy.example. Her mail program is the MUA (mail user agent). It does not look for Bob: it hands the message to the submission server (MSA) of her own provider, on port 587, and logs in there once the connection is encrypted. Bob's provider has such a server too; here is how it answers.",
    shows: {
      target: "submit.healthy.example:587",
      lines: [/^<- 220 /, /^-> STARTTLS/, /^<- 220 2\.0\.0/, /^<~ .*AUTH/],
    },
    breaks: "auth-before-tls.example",
  },
  {
    title: "Routing: where does mail for healthy.example go?",
    text: "The message passes to the provider's MTA (mail transfer agent), which knows nothing of Bob's. It asks the DNS for the MX records of what stands after the @, sorts them by preference, lowest first, and asks for the addresses of the first host.",
    shows: {
      target: tourDomain,
      lines: [/^healthy\.example MX/, /^mx1\.healthy\.example A /, /^mx1\.healthy\.example AAAA/],
    },
    breaks: "typo-mx.example",
  },
  {
    title: "Connection: knocking on port 25",
    text: "It connects to port 25 of the first address. In SMTP the server speaks first: a greeting with 220 means welcome. If nobody answers, the next address is tried, then the next host; if none answers, the mail waits in a queue, for days.",
    shows: { target: tourDomain, lines: [/^=== Connecting to 192\.0\.2\.10/, /^<- 220 mx1/] },
    breaks: "all-dead.example",
  },
  {
    title: "Encryption: STARTTLS",
    text: "Port 25 begins in the clear. The sender says EHLO, the server lists what it can do, and if STARTTLS is among it, both switch to TLS and begin anew. In a transcript -> and <- turn into ~> and <~ from there on.",
    shows: {
      target: tourDomain,
      lines: [/^-> EHLO/, /^<- 250-STARTTLS/, /^=== TLS started/, /^~> EHLO/],
    },
    breaks: "no-starttls.example",
  },
  {
    title: "Envelope: from whom, to whom",
    text: "MAIL FROM names who gets the bounce, RCPT TO who gets the mail; From: and To: inside the message are for people, and may say something else. The server must take its own recipients and nobody else's. After this the message itself would follow, with DATA; maildoctor never goes that far.",
    shows: {
      target: tourDomain,
      lines: [
        /^~> MAIL FROM:<>/,
        /^~> RCPT TO:<postmaster@/,
        /^<~ 250 2\.1\.5/,
        /^<~ .*Relay access denied/,
      ],
    },
    breaks: "not-served.example",
  },
  {
    title: "Trust: is it really from Ann?",
    text: "Anybody can write any sender into an envelope. So the receiving MTA asks the DNS what the sender's domain says of itself: which servers may send (SPF), and what to do with the rest (DMARC).",
    shows: {
      target: tourDomain,
      lines: [/^healthy\.example TXT/, /^_dmarc\.healthy\.example TXT/],
    },
    breaks: "two-spf.example",
  },
  {
    title: "Delivery: into the mailbox",
    text: "The last MTA hands the message to the MDA (mail delivery agent), which knows users, quotas and filters, and files it in the message store. Good servers ask it before they say yes, so that unknown recipients are refused while the sender still listens.",
    shows: { target: tourDomain, lines: [/^~> RCPT TO:<maildoctor-.*@healthy/, /^<~ 550 5\.1\.1/] },
    breaks: "over-quota.example",
  },
  {
    title: "Reading: from the store to Bob",
    text: "Bob's mail program fetches the message, by IMAP (port 993: it stays on the server) or POP3 (port 995: it moves out). These are other protocols than SMTP, and other servers: mail that arrives and mail that can be read are two things.",
    shows: { target: "imap.healthy.example:993", lines: [/^=== Connecting/, /^<~ \* OK/] },
    breaks: "wrong-port.example",
  },
];
