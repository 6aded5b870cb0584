import type { Reply } from "../../core/failure.ts";
import { classifyRefusal } from "../../knowledge/refusal.ts";
import { cannotTell, defineCheck, pass, problem } from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";
import { isAccepted, isPermanent, refusedBecause } from "../refused.ts";

/** VRFY tells names that exist from names that do not. */
export const smtpVrfyReveals = defineCheck({
  id: "smtp/vrfy-reveals",
  title: "VRFY tells nobody which mailboxes exist",
  over: "smtp-commands",
  facts: ["vrfyPostmaster"],
  specs: [
    { ref: "RFC 5321 7.3", level: "advice" },
    { ref: "RFC 5321 3.5.3", level: "advice" },
  ],
  tags: ["smtp", "deep"],
  messages: {
    enumerable: {
      severity: "note",
      text: "{server} answers VRFY with {yes} for postmaster and {no} for an invented name, so anyone can find out which mailboxes exist.",
      fix: "Let VRFY answer 252 to everyone (Postfix: disable_vrfy_command = yes; Sendmail: PrivacyOptions=novrfy; Exim: no acl_smtp_vrfy).",
      clause: "{who} {who:tells|tell} strangers which mailboxes exist",
    },
  },
  explain: {
    what: "Whether the replies to VRFY for postmaster and for an invented name differ. Asked with --deep only.",
    why: "Names are guessed from lists quickly, and those that exist are written to, or tried with stolen passwords.",
    fix: "Switch VRFY off; the answer 252 promises nothing and confuses no sender.",
    blind:
      "The same can be learnt at RCPT from every server that refuses unknown recipients, as it should: that VRFY is cheaper and less watched is all that sets it apart.",
    falseAlarm:
      "The same answer to both, 252 above all, gives nothing away; so does a server that knows no VRFY, or that denies relaying for the invented name.",
  },
  run: ({ facts, data, subject }) => {
    const yes = facts.vrfyPostmaster;
    if (!isAccepted(yes))
      return isPermanent(yes) ? pass() : cannotTell(refusedBecause(yes, "command"));
    if (!data.vrfyUnknown.known) return cannotTell(data.vrfyUnknown);
    const { reply: no } = data.vrfyUnknown.value;
    if (!isAccepted(no) && !isPermanent(no)) return cannotTell(refusedBecause(no, "command"));
    if (!deniesMailbox(no)) return pass();
    return problem("enumerable", {
      server: serverOf(subject),
      yes: quoteReply(yes),
      no: quoteReply(no),
    });
  },
});

/** A reply that denies the mailbox, and neither the command nor the client. spec: RFC 5321 4.2.2. */
function deniesMailbox(reply: Reply): boolean {
  const why = classifyRefusal(reply);
  return why === "no-such-user" || (why === "other" && [550, 551, 553].includes(reply.code));
}
