import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** Plain text between the 220 of STARTTLS and the handshake. */
export const smtpStarttlsInjection = defineCheck({
  id: "smtp/starttls-injection",
  title: "Nothing is slipped in before TLS",
  over: "smtp-hello",
  judgesFailures: true,
  facts: ["starttls"],
  specs: [{ ref: "RFC 3207 4.2", level: "must" }],
  tags: ["smtp", "tls"],
  messages: {
    injection: {
      severity: "error",
      text: "After its 220 to STARTTLS, {server} sent more plain text before TLS began, where nothing may come.",
      fix: "Update the server; if it is current, look for a proxy or an attacker on the path that adds text to the session.",
      clause: "plain text is slipped into the encrypted session with {who}",
    },
  },
  explain: {
    what: "Whether any byte arrives in clear text between the server's 220 and the TLS handshake.",
    why: "A careless client would take such text for part of the encrypted session: an attacker can forge replies in this way.",
    fix: "Update the server or the proxy that speaks for it.",
    blind:
      "Whether the server itself takes commands that were slipped in before TLS; smtp/starttls-command-injection tries that, where it is asked to.",
    falseAlarm: "A reply that is split over several packets is one reply and no injection.",
  },
  run: ({ facts, subject }) => {
    const { starttls } = facts;
    if (starttls.state === "done") return pass();
    if (starttls.state !== "broken" || starttls.failure.code !== "early-plaintext")
      return notApplicable();
    return problem("injection", { server: serverOf(subject) });
  },
});
