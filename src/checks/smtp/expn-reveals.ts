import { cannotTell, defineCheck, pass, problem } from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";
import { isAccepted, isPermanent, refusedBecause } from "../refused.ts";

/** EXPN tells who stands behind an address. */
export const smtpExpnReveals = defineCheck({
  id: "smtp/expn-reveals",
  title: "EXPN tells nobody who stands behind an address",
  over: "smtp-commands",
  facts: ["expnPostmaster"],
  specs: [
    { ref: "RFC 5321 7.3", level: "advice" },
    { ref: "RFC 5321 3.5.4", level: "advice" },
  ],
  tags: ["smtp", "deep"],
  messages: {
    reveals: {
      severity: "warning",
      text: "{server} expands addresses for strangers: EXPN postmaster is answered with {reply}.",
      fix: "Switch EXPN off (Sendmail: PrivacyOptions=noexpn; Exim: no acl_smtp_expn; Postfix has none).",
      clause: "{who} {who:tells|tell} strangers who stands behind an address",
    },
  },
  explain: {
    what: "Whether EXPN, which asks for the members of a list or alias, is answered for postmaster. Asked with --deep only.",
    why: "It hands out the addresses of people and the members of lists, to whoever asks.",
    fix: "Switch EXPN off; no sender needs it.",
    blind: "A server may refuse postmaster and expand other names; only this one is asked.",
    falseAlarm:
      "A server that says 250 to commands that do not exist says nothing with it; the reply 252 expands nothing.",
  },
  run: ({ facts, data, subject }) => {
    const { expnPostmaster: reply } = facts;
    if (!isAccepted(reply))
      return isPermanent(reply) ? pass() : cannotTell(refusedBecause(reply, "command"));
    if (reply.code !== 250) return pass();
    if (!data.unknownVerb.known) return cannotTell(data.unknownVerb);
    if (isAccepted(data.unknownVerb.value)) return pass();
    return problem("reveals", { server: serverOf(subject), reply: quoteReply(reply) });
  },
});
