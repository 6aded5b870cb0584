/** How a mail server talks: the words of one piece of software. Replies without CRLF. */
interface Voice {
  greeting(host: string): readonly string[];
  /** First line of the reply to EHLO; `{name}` is the client's. */
  hello(host: string): string;
  /** Extensions, STARTTLS apart. */
  readonly extensions: readonly string[];
  readonly tlsReady: string;
  /** To VRFY, EXPN, a verb that nobody knows, and HELP. */
  readonly vrfy: string;
  readonly expn: string;
  readonly unrecognized: string;
  readonly help: readonly string[];
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
  vrfy: "252 2.0.0 {user}",
  expn: "502 5.5.2 Error: command not recognized",
  unrecognized: "502 5.5.2 Error: command not recognized",
  help: ["502 5.5.2 Error: command not recognized"],
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
  vrfy: "252 Administrative prohibition",
  expn: "550 Administrative prohibition",
  unrecognized: "500 unrecognized command",
  help: [
    "214-Commands supported:",
    "214 AUTH STARTTLS HELO EHLO MAIL RCPT DATA BDAT NOOP QUIT RSET HELP",
  ],
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
  vrfy: "252 2.5.2 Cannot VRFY user; try RCPT to attempt delivery (or try finger)",
  expn: "502 5.7.0 Sorry, we do not allow this operation",
  unrecognized: '500 5.5.1 Command unrecognized: "{verb}"',
  help: ["214-2.0.0 This is sendmail version 8.15.2", "214 2.0.0 End of HELP info"],
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
  vrfy: "252 2.1.5 Cannot VRFY user",
  expn: "502 5.3.3 Command not implemented",
  unrecognized: "500 5.3.3 Unrecognized command",
  help: [
    "214-This server supports the following commands:",
    "214 HELO EHLO STARTTLS RCPT DATA RSET MAIL QUIT HELP AUTH BDAT",
  ],
  sender: "250 2.1.0 Sender OK",
  recipient: "250 2.1.5 Recipient OK",
  unknown: "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
  foreign: "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
  reset: "250 2.0.0 Resetting",
  bye: () => "221 2.0.0 Service closing transmission channel",
};

const voices = { postfix, exim, sendmail, exchange };

/** Replies in which a server differs from its software as it comes. */
interface Replies {
  /** To STARTTLS; anything but 220 leaves the session in the clear. */
  readonly starttls: string;
  /** To recipients of its own; `{recipient}` is the one named. */
  readonly postmaster: string;
  /** The same for all others, known or not. */
  readonly others: string;
}

/** A mail server in the words of the software that it runs, healthy unless told otherwise. */
export interface MailServer {
  readonly host: string;
  readonly software: keyof typeof voices;
  /** Name of the certificate; a server without one does not offer STARTTLS. */
  readonly cert?: string;
  readonly replies?: Partial<Replies>;
  /** It takes mail for anybody elsewhere. */
  readonly relays?: true;
  /** The lines of its greeting, and acts between them, as they stand in a dialogue. */
  readonly greeting?: readonly string[];
  /** Extensions beside those of the software; one of the same name takes its place. */
  readonly offers?: readonly string[];
  /** It offers STARTTLS inside TLS again. */
  readonly offersTlsTwice?: true;
  /** The newest version of TLS that it speaks: "1.1". */
  readonly tlsMax?: string;
  /** What it does after its 220 to STARTTLS, as acts of a dialogue, in place of a handshake. */
  readonly handshake?: readonly string[];
}

/**
 * Returns the `.dialogue` text of the server. Every step is optional in it, so that a client that
 * asks less is served as well.
 */
export function mailServer(server: MailServer): string {
  const { host, software, cert, handshake = ["* starttls"], offers = [], replies = {} } = server;
  const voice = voices[software];
  const keyword = (extension: string): string => extension.split(" ")[0] ?? "";
  const own = voice.extensions.filter(
    (extension) => !offers.some((other) => keyword(other) === keyword(extension)),
  );
  const ehlo = (first: readonly string[]): string[] => {
    const lines = [voice.hello(host), ...first, ...own, ...offers];
    return [
      "C? EHLO {name}",
      ...said(lines.map((line, at) => `250${at < lines.length - 1 ? "-" : " "}${line}`)),
    ];
  };
  const named = (reply: string, name: string): string =>
    reply.replaceAll("{recipient}", `{${name}}`);
  const { starttls = voice.tlsReady } = replies;
  const encrypt = [
    "C? STARTTLS",
    // What came with the command in one packet is forgotten, as all servers do by now.
    "* discard",
    ...said([starttls]),
    ...(starttls.startsWith("220")
      ? [...handshake, ...ehlo(server.offersTlsTwice ? ["STARTTLS"] : [])]
      : []),
  ];

  return [
    "@protocol smtp",
    "@connections any",
    ...(cert === undefined ? [] : [`@cert ${cert}`]),
    server.tlsMax === undefined ? "@tls-min 1.2" : `@tls-max ${server.tlsMax}`,
    ...(server.greeting ?? said(voice.greeting(host))),
    ...ehlo(cert === undefined ? [] : ["STARTTLS"]),
    ...asked("C? VRFY {user}", voice.vrfy),
    ...asked("C? VRFY {user}", voice.vrfy),
    ...asked("C? EXPN {user}", voice.expn),
    ...asked("C? MAILDOCTOR", voice.unrecognized.replace("{verb}", "MAILDOCTOR")),
    ...asked("C? HELP", ...voice.help),
    ...(cert === undefined ? [] : encrypt),
    "C? MAIL FROM:<>",
    ...said([voice.sender.replace("{sender}", "")]),
    "C? RCPT TO:<postmaster@{domain}>",
    ...said([
      (replies.postmaster ?? voice.recipient).replaceAll("{recipient}", "postmaster@{domain}"),
    ]),
    "C? RCPT TO:<{unknown}>",
    ...said([named(replies.others ?? voice.unknown, "unknown")]),
    "C? RSET",
    ...said([voice.reset]),
    "C? MAIL FROM:<{sender}>",
    ...said([voice.sender]),
    "C? RCPT TO:<{foreign}>",
    ...said([server.relays ? named(voice.recipient, "foreign") : voice.foreign]),
    "C? RSET",
    ...said([voice.reset]),
    "C? QUIT",
    ...said([voice.bye(host)]),
    "* close",
    "",
  ].join("\n");
}

function said(lines: readonly string[]): string[] {
  return lines.map((line) => `S: ${line}`);
}

function asked(step: string, ...reply: readonly string[]): string[] {
  return [step, ...said(reply)];
}
