import type { Extension } from "../../probes/kinds.ts";
import { megabytes, sizeLimitOf } from "../announced.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** Extensions without which some messages cannot be sent, or not as they are. */
const missed: ReadonlySet<string> = new Set(["8BITMIME", "SMTPUTF8", "DSN", "BINARYMIME"]);

/** A server that can do less inside TLS than it says in clear. */
export const smtpExtensionsAfterTls = defineCheck({
  id: "smtp/extensions-after-tls",
  title: "TLS takes no extensions away",
  over: "smtp-hello",
  facts: ["extensions", "tls", "extensionsAfterTls"],
  specs: [{ ref: "RFC 3207 4.2", level: "advice" }],
  tags: ["smtp", "tls"],
  messages: {
    fewer: {
      severity: "note",
      text: "{server} can do less inside TLS than it announces in clear: {losses}.",
      fix: "Announce the same extensions in both; look for a proxy or filter in front of the server that answers EHLO on one side only.",
      clause: "{who} {who:can|can} do less inside TLS",
    },
  },
  explain: {
    what: "Whether 8BITMIME, SMTPUTF8, DSN or BINARYMIME vanish after STARTTLS, or the limit for messages shrinks.",
    why: "Senders go by the second list: messages that the server could take are converted or returned.",
    fix: "Let server and proxy agree.",
    blind: "Which of the two lists is the true one.",
    falseAlarm:
      "The lists may well differ: STARTTLS must vanish, AUTH appears, PIPELINING and others make mail no slower than is noticed. Only losses that can cost a message count.",
  },
  run: ({ facts, subject }) => {
    const { extensions, extensionsAfterTls, tls } = facts;
    if (tls.mode === "implicit") return notApplicable();
    const losses = lossesOf(extensions, extensionsAfterTls);
    return losses.length === 0 ? pass() : problem("fewer", { server: serverOf(subject), losses });
  },
});

function lossesOf(before: readonly Extension[], after: readonly Extension[]): readonly string[] {
  const kept = new Set(after.map(({ keyword }) => keyword));
  const losses = before
    .map(({ keyword }) => keyword)
    .filter((keyword) => missed.has(keyword) && !kept.has(keyword))
    .map((keyword) => `${keyword} is gone`);
  const [limit, less] = [sizeLimitOf(before), sizeLimitOf(after)];
  if (less === undefined || (limit ?? Infinity) <= less) return losses;
  const from = limit === undefined ? "none" : megabytes(limit);
  return [...losses, `the limit for messages falls from ${from} to ${megabytes(less)}`];
}
