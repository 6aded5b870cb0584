import type { Reply } from "../../core/failure.ts";
import { classifyRefusal } from "../../knowledge/refusal.ts";
import { cannotTell, defineCheck, pass, problem } from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";
import { isAccepted, isPermanent, refusedBecause } from "../refused.ts";

/** Refusals that leave open whether the null reverse-path is the reason. */
const elsewhere: ReadonlySet<string> = new Set([
  "reputation",
  "greylisting",
  "rate-limit",
  "tls-required",
  "auth-required",
  "mailbox-full",
]);

/** MAIL FROM:<> refused. */
export const smtpNullSenderRefused = defineCheck({
  id: "smtp/null-sender-refused",
  title: "Bounces are accepted",
  over: "smtp-envelope",
  facts: ["nullSender"],
  specs: [
    { ref: "RFC 5321 4.5.5", level: "must" },
    { ref: "RFC 5321 6.1", level: "must" },
  ],
  tags: ["smtp", "envelope"],
  messages: {
    refused: {
      severity: "warning",
      text: "{server} refuses the null sender with {reply}, so bounces and delivery reports to {domain} are lost.",
      fix: "Accept MAIL FROM:<>: remove the sender restriction that catches the empty address (smtpd_sender_restrictions in Postfix, the sender ACL in Exim).",
      clause: "{who} {who:refuses|refuse} bounces",
    },
  },
  explain: {
    what: "Whether the server accepts a message from the null reverse-path, MAIL FROM:<>, there and at the first recipient after it.",
    why: "Bounces, delivery reports and many automatic replies come from it; who refuses it never learns that mail failed.",
    fix: "Remove the rule; spam is better judged by content and by whether the bounce answers a message of yours.",
    blind: "Whether the message would be accepted after DATA.",
    falseAlarm:
      "A refusal of our address, of every sender alike, or until TLS or a login, and a temporary one, are inconclusive.",
  },
  run: ({ facts, data, subject }) => {
    const { domain = "the domain" } = subject;
    const refused = (by: Reply) =>
      problem("refused", { server: serverOf(subject), reply: quoteReply(by), domain });
    const reply = facts.nullSender;
    if (isAccepted(reply)) {
      // Postfix, as it comes, refuses senders only when they name a recipient (smtpd_delay_reject).
      if (!data.postmaster.known) return cannotTell(data.postmaster);
      return refusesSender(data.postmaster.value) ? refused(data.postmaster.value) : pass();
    }
    const refusal = classifyRefusal(reply);
    if (!isPermanent(reply) || elsewhere.has(refusal)) return cannotTell(refusedBecause(reply));
    const found = refused(reply);
    if (refusal === "null-sender") return found;
    // Another sender got further in the same session: so it is the null one that is refused.
    if (!data.relay.known) return cannotTell(data.relay);
    return data.relay.value.decidedAt === "rcpt" ? found : cannotTell(refusedBecause(reply));
  },
});

/** A reply to RCPT that refuses the null sender, not the recipient. */
function refusesSender(reply: Reply): boolean {
  return isPermanent(reply) && classifyRefusal(reply) === "null-sender";
}
