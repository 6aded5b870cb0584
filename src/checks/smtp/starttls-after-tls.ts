import { defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** STARTTLS offered inside TLS. */
export const smtpStarttlsAfterTls = defineCheck({
  id: "smtp/starttls-after-tls",
  title: "STARTTLS is not offered inside TLS",
  over: "smtp-hello",
  facts: ["tls", "extensionsAfterTls"],
  specs: [{ ref: "RFC 3207 4.2", level: "must" }],
  tags: ["smtp", "tls"],
  messages: {
    offered: {
      severity: "note",
      text: "{server} still offers STARTTLS when the session is encrypted already.",
      fix: "If a proxy in front of the server does the encryption, let it tell the server so, or let it remove the keyword; otherwise update the server.",
      clause: "{who} {who:offers|offer} STARTTLS inside TLS",
    },
  },
  explain: {
    what: "Whether the extensions announced inside TLS still list STARTTLS.",
    why: "A client that takes the offer starts TLS inside TLS and fails; mostly the server does not know that a proxy encrypts for it, and so treats every session as one in clear.",
    fix: "Tell the server about the proxy (the PROXY protocol, or a listener of its own).",
    blind: "What the server would answer to a second STARTTLS; it is not tried.",
    falseAlarm:
      "Before encryption STARTTLS belongs in the list; only the list given after the handshake is judged.",
  },
  run: ({ facts, subject }) =>
    facts.extensionsAfterTls.some(({ keyword }) => keyword === "STARTTLS")
      ? problem("offered", { server: serverOf(subject) })
      : pass(),
});
