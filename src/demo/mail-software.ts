/** How a mail server talks: the words of one piece of software. Replies without CRLF. */
interface Voice {
  greeting(host: string): readonly string[];
  /** First line of the reply to EHLO; `{name}` is the client's. */
  hello(host: string): string;
  /** Extensions, STARTTLS apart. */
  readonly extensions: readonly string[];
  readonly tlsReady: string;
  readonly sender: string;
  readonly recipient: string;
  readonly unknown: string;
  readonly foreign: string;
  readonly reset: string;
  bye(host: string): string;
}

const postfix: Voice = {
  greeting: (host) => [`220 ${host} ESMTP Postfix (Debian/GNU)`],
  hello: (host) => host,
  extensions: [
    "PIPELINING",
    "SIZE 52428800",
    "VRFY",
    "ETRN",
    "ENHANCEDSTATUSCODES",
    "8BITMIME",
    "DSN",
    "SMTPUTF8",
    "CHUNKING",
  ],
  tlsReady: "220 2.0.0 Ready to start TLS",
  sender: "250 2.1.0 Ok",
  recipient: "250 2.1.5 Ok",
  unknown:
    "550 5.1.1 <{unknown}>: Recipient address rejected: User unknown in virtual mailbox table",
  foreign: "554 5.7.1 <{foreign}>: Relay access denied",
  reset: "250 2.0.0 Ok",
  bye: () => "221 2.0.0 Bye",
};

const exim: Voice = {
  greeting: (host) => [
    `220-${host} ESMTP Exim 4.98.2`,
    "220-We do not authorize the use of this system to transport unsolicited,",
    "220 and/or bulk e-mail.",
  ],
  hello: (host) => `${host} Hello {name} [203.0.113.200]`,
  extensions: [
    "SIZE 52428800",
    "LIMITS MAILMAX=1000 RCPTMAX=50000",
    "8BITMIME",
    "PIPELINING",
    "HELP",
  ],
  tlsReady: "220 TLS go ahead",
  sender: "250 OK",
  recipient: "250 Accepted",
  unknown: "550 No such person at this address",
  foreign: "550 relay not permitted",
  reset: "250 Reset OK",
  bye: (host) => `221 ${host} closing connection`,
};

const sendmail: Voice = {
  greeting: (host) => [`220 ${host} ESMTP Sendmail 8.15.2/8.15.2`],
  hello: (host) => `${host} Hello {name} [203.0.113.200], pleased to meet you`,
  extensions: ["ENHANCEDSTATUSCODES", "PIPELINING", "8BITMIME", "SIZE", "DSN", "DELIVERBY", "HELP"],
  tlsReady: "220 2.0.0 Ready to start TLS",
  sender: "250 2.1.0 <{sender}>... Sender ok",
  recipient: "250 2.1.5 <{recipient}>... Recipient ok",
  unknown: "550 5.1.1 <{unknown}>... User unknown",
  foreign: "550 5.7.1 <{foreign}>... Relaying denied",
  reset: "250 2.0.0 Reset state",
  bye: (host) => `221 2.0.0 ${host} closing connection`,
};

const exchange: Voice = {
  greeting: (host) => [`220 ${host} Microsoft ESMTP MAIL Service ready`],
  hello: (host) => `${host} Hello [203.0.113.200]`,
  extensions: [
    "SIZE 37748736",
    "PIPELINING",
    "DSN",
    "ENHANCEDSTATUSCODES",
    "8BITMIME",
    "BINARYMIME",
    "CHUNKING",
    "SMTPUTF8",
  ],
  tlsReady: "220 2.0.0 SMTP server ready",
  sender: "250 2.1.0 Sender OK",
  recipient: "250 2.1.5 Recipient OK",
  unknown: "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
  foreign: "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
  reset: "250 2.0.0 Resetting",
  bye: () => "221 2.0.0 Service closing transmission channel",
};

const voices = { postfix, exim, sendmail, exchange };

/** A mail server in the words of the software that it runs, healthy unless told otherwise. */
export interface MailServer {
  readonly host: string;
  readonly software: keyof typeof voices;
  /** Name of the certificate; a server without one does not offer STARTTLS. */
  readonly cert?: string;
  /** What it says to recipients of its own other than postmaster, known or not. */
  readonly otherRecipients?: string;
  /** It takes mail for anybody elsewhere. */
  readonly relays?: true;
  /** The lines of its greeting, and acts between them, as they stand in a dialogue. */
  readonly greeting?: readonly string[];
}

/**
 * Returns the `.dialogue` text of the server. Every step is optional in it, so that a client that
 * asks less is served as well.
 */
export function mailServer(server: MailServer): string {
  const { host, software, cert, otherRecipients, relays } = server;
  const voice = voices[software];
  const said = (lines: readonly string[]): string[] => lines.map((line) => `S: ${line}`);
  const ehlo = (...first: readonly string[]): string[] => {
    const lines = [voice.hello(host), ...first, ...voice.extensions];
    return [
      "C? EHLO {name}",
      ...said(lines.map((line, at) => `250${at < lines.length - 1 ? "-" : " "}${line}`)),
    ];
  };
  const named = (reply: string, name: string): string =>
    reply.replaceAll("{recipient}", `{${name}}`);

  return [
    "@protocol smtp",
    "@connections any",
    ...(cert === undefined ? [] : [`@cert ${cert}`]),
    ...(server.greeting ?? said(voice.greeting(host))),
    ...ehlo(...(cert === undefined ? [] : ["STARTTLS"])),
    ...(cert === undefined
      ? []
      : ["C? STARTTLS", ...said([voice.tlsReady]), "* starttls", ...ehlo()]),
    "C? MAIL FROM:<>",
    ...said([voice.sender.replace("{sender}", "")]),
    "C? RCPT TO:<postmaster@{domain}>",
    ...said([voice.recipient.replaceAll("{recipient}", "postmaster@{domain}")]),
    "C? RCPT TO:<{unknown}>",
    ...said([named(otherRecipients ?? voice.unknown, "unknown")]),
    "C? RSET",
    ...said([voice.reset]),
    "C? MAIL FROM:<{sender}>",
    ...said([voice.sender]),
    "C? RCPT TO:<{foreign}>",
    ...said([relays ? named(voice.recipient, "foreign") : voice.foreign]),
    "C? RSET",
    ...said([voice.reset]),
    "C? QUIT",
    ...said([voice.bye(host)]),
    "* close",
    "",
  ].join("\n");
}
