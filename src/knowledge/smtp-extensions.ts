/** What an EHLO keyword means to the person who reads the report. */
export interface ExtensionNote {
  readonly title: string;
  /** The document that defines it; the vendor where none does. */
  readonly spec: string;
  readonly meaning: string;
  /** What to think of it when a stranger is offered it. */
  readonly judgement?: string;
}

const exchange = "Microsoft Exchange";
const obsolete = "obsolete; no software of today uses it";

const notes: ReadonlyMap<string, ExtensionNote> = new Map(
  (
    [
      ["SIZE", "message size", "RFC 1870", "states the largest message that is accepted"],
      [
        "PIPELINING",
        "pipelining",
        "RFC 2920",
        "commands may be sent in groups; without it mail is only slower",
      ],
      ["8BITMIME", "8-bit bodies", "RFC 6152", "message bodies may contain 8-bit text"],
      [
        "SMTPUTF8",
        "internationalised addresses",
        "RFC 6531",
        "addresses and header fields may contain non-ASCII letters",
      ],
      ["CHUNKING", "chunks", "RFC 3030", "messages may be sent in counted chunks (BDAT)"],
      ["BINARYMIME", "binary bodies", "RFC 3030", "message bodies may be binary; needs CHUNKING"],
      [
        "DSN",
        "delivery status notifications",
        "RFC 3461",
        "senders may ask to be told of delivery, delay or failure",
      ],
      [
        "ENHANCEDSTATUSCODES",
        "enhanced status codes",
        "RFC 2034",
        "replies carry a code such as 5.1.1 that says why",
      ],
      ["STARTTLS", "encryption", "RFC 3207", "the connection can be encrypted"],
      ["AUTH", "login", "RFC 4954", "clients may log in with one of the mechanisms listed"],
      ["REQUIRETLS", "required TLS", "RFC 8689", "senders may demand TLS on every further hop"],
      [
        "LIMITS",
        "limits",
        "RFC 9422",
        "states how many messages and recipients one session may have",
      ],
      ["MT-PRIORITY", "priorities", "RFC 6710", "messages may carry a priority"],
      [
        "DELIVERBY",
        "deliver by",
        "RFC 2852",
        "senders may set a time by which a message must be delivered",
      ],
      ["FUTURERELEASE", "delayed sending", "RFC 4865", "messages may be held until a given time"],
      [
        "BURL",
        "submission by reference",
        "RFC 4468",
        "messages may be fetched from an IMAP server",
      ],
      [
        "NO-SOLICITING",
        "no soliciting",
        "RFC 3865",
        "states which kinds of solicitation are unwanted",
      ],
      [
        "RRVS",
        "recipient validity since",
        "RFC 7293",
        "mail can be kept from a mailbox that has a new owner",
      ],
      ["MTRK", "message tracking", "RFC 3885", "messages may be tracked"],
      ["CONPERM", "content conversion", "RFC 4141", "conversion of the content may be permitted"],
      ["CONNEG", "content negotiation", "RFC 4141", "capabilities of the recipient can be learnt"],
      ["CHECKPOINT", "restart", "RFC 1845", "interrupted transfers may be resumed"],
      [
        "ETRN",
        "remote queue start",
        "RFC 1985",
        "a client may ask for the mail queued for its domain",
        "strangers can have queues run; harmless, seldom needed",
      ],
      [
        "ATRN",
        "on-demand relay",
        "RFC 2645",
        "a client may collect the mail of its domain after login",
      ],
      [
        "TURN",
        "role reversal",
        "RFC 821",
        "client and server may swap their roles",
        "without login anybody can collect the mail of others: switch it off",
      ],
      [
        "VRFY",
        "verify an address",
        "RFC 5321 3.5",
        "the server knows the command; that says nothing of its answers",
      ],
      [
        "EXPN",
        "expand a list",
        "RFC 5321 3.5",
        "the server knows the command; that says nothing of its answers",
        "can reveal the members of lists: switch it off",
      ],
      ["HELP", "help", "RFC 5321 4.1.1.8", "the server knows the command HELP"],
      [
        "XCLIENT",
        "client override",
        "Postfix",
        "the client may state another client's address and login",
        "offered to strangers it lets them pose as anybody: restrict it to trusted proxies",
      ],
      [
        "XFORWARD",
        "client forwarding",
        "Postfix",
        "the client may state another client's address for the log",
        "offered to strangers it falsifies the log: restrict it to trusted proxies",
      ],
      [
        "X-EXPS",
        "server login",
        exchange,
        "login between Exchange servers; the server is Exchange",
      ],
      [
        "X-LINK2STATE",
        "link state",
        exchange,
        "a verb of Exchange 2000 and 2003",
        "a server that still offers it is very old",
      ],
      [
        "XEXCH50",
        "message properties",
        exchange,
        "a verb of Exchange 2000 and 2003",
        "a server that still offers it is very old",
      ],
      [
        "X-ANONYMOUSTLS",
        "internal TLS",
        exchange,
        "encryption between Exchange servers",
        "an internal verb, shown to strangers by a receive connector meant for servers",
      ],
      [
        "XRDST",
        "routing destination",
        exchange,
        "a verb between Exchange servers",
        "an internal verb, shown to strangers",
      ],
      ["XOORG", "originating organisation", exchange, "a verb between Exchange organisations"],
      [
        "PRDR",
        "per-recipient replies",
        "draft-hall-prdr",
        "each recipient gets a reply of its own after the message; seen with Exim",
      ],
      [
        "PIPECONNECT",
        "early pipelining",
        "Exim",
        "commands may follow the greeting at once on later connections",
      ],
      [
        "PIPE_CONNECT",
        "early pipelining",
        "Exim",
        "commands may follow the greeting at once on later connections",
      ],
      [
        "UTF8SMTP",
        "internationalised addresses, experiment",
        "RFC 5336",
        "replaced by SMTPUTF8",
        obsolete,
      ],
      ["SUBMITTER", "responsible submitter", "RFC 4405", "the experiment Sender ID", obsolete],
      ["VERB", "verbose", "Sendmail", "a debugging verb", obsolete],
      ["ONEX", "one message", "Sendmail", "one message for each connection", obsolete],
      ["TIME", "time", "private use", "states the server's time", obsolete],
      ["XADR", "address extension", "private use", "an extension of old gateways", obsolete],
      ["XUSR", "initial submission", "Sendmail", "marks a first submission", obsolete],
    ] as const
  ).map(([keyword, title, spec, meaning, judgement]) => [
    keyword,
    { title, spec, meaning, ...(judgement === undefined ? {} : { judgement }) },
  ]),
);

const families: readonly (readonly [prefix: string, note: ExtensionNote])[] = [
  [
    "XSHADOW",
    { title: "shadow redundancy", spec: exchange, meaning: "a verb between Exchange servers" },
  ],
  ["XPROXY", { title: "proxying", spec: exchange, meaning: "a verb between Exchange servers" }],
  [
    "XESMTP",
    { title: "extension of the server", spec: "Exim", meaning: "the server is probably Exim" },
  ],
];

/**
 * What the extension means, with the numbers of its parameters; undefined for a keyword that is not
 * known. The keyword is expected in upper case.
 */
export function describeExtension(
  keyword: string,
  parameters: readonly string[] = [],
): ExtensionNote | undefined {
  if (/^X{3,}[A-Z]$/.test(keyword))
    return {
      title: "overwritten keyword",
      spec: "firewalls with SMTP inspection",
      meaning: "a filter on the way has overwritten an extension",
      judgement: "the server may well offer it: switch the inspection off",
    };
  const note = notes.get(keyword) ?? families.find(([prefix]) => keyword.startsWith(prefix))?.[1];
  if (keyword !== "SIZE" || note === undefined) return note;
  return { ...note, meaning: describeSize(parameters[0]) };
}

/** spec: RFC 1870: zero means that there is no fixed limit, no number says nothing. */
function describeSize(octets: string | undefined): string {
  if (octets === undefined) return "no limit for messages is stated";
  if (/^0+$/.test(octets)) return "there is no fixed limit for messages";
  if (!/^\d{1,20}$/.test(octets)) return "the size that is stated is not a number";
  const bytes = Number(octets);
  // base64 in lines makes 78 octets of 57.
  const attachment = formatMib((bytes * 57) / 78);
  return `messages of up to ${formatMib(bytes)} are accepted, attachments of about ${attachment}`;
}

function formatMib(bytes: number): string {
  const mib = bytes / 1_048_576;
  return `${mib < 10 ? Number(mib.toFixed(1)) : Math.round(mib)} MiB`;
}

/** The EHLO keywords that are known. */
export const extensionKeywords: readonly string[] = [...notes.keys()];
