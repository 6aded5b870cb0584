import { classifyRefusal } from "../../knowledge/refusal.ts";
import { cannotTell, defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";
import { isAccepted, isPermanent, refusedBecause } from "../refused.ts";

/** A recipient that cannot exist is accepted. */
export const smtpUnknownRecipientAccepted = defineCheck({
  id: "smtp/unknown-recipient-accepted",
  title: "Unknown recipients are refused",
  over: "smtp-envelope",
  facts: ["unknownRecipient"],
  specs: [
    { ref: "RFC 5321 3.3", level: "should" },
    { ref: "RFC 5321 6.1", level: "advice" },
  ],
  tags: ["smtp", "envelope"],
  messages: {
    accepted: {
      severity: "note",
      text: "{server} accepts {recipient}, an invented address: either every address is taken (catch-all), or unknown ones are returned later.",
      fix: "Unless the catch-all is meant, let the server refuse unknown recipients at RCPT (local_recipient_maps or relay_recipient_maps in Postfix, recipient verification in Exim).",
      clause: "{who} {who:accepts|accept} recipients that do not exist",
    },
  },
  explain: {
    what: "Whether an address with a random local part is accepted at RCPT.",
    why: "Mail to mistyped addresses vanishes, or is returned afterwards, mostly to people whose addresses spammers forged.",
    fix: "Give the server, and every backup in front of it, the list of valid recipients.",
    blind: "A server may still refuse after DATA, which is never sent.",
    falseAlarm:
      "A catch-all on purpose is legitimate, and some large providers accept first by design: it is a note only.",
  },
  run: ({ facts, subject }) => {
    const { recipient, reply } = facts.unknownRecipient;
    if (isAccepted(reply)) return problem("accepted", { server: serverOf(subject), recipient });
    switch (classifyRefusal(reply)) {
      case "no-such-user":
      case "relay-denied":
      case "mailbox-full":
        return pass();
      case "policy":
      case "other":
        return isPermanent(reply) ? pass() : cannotTell(refusedBecause(reply));
      default:
        return cannotTell(refusedBecause(reply));
    }
  },
});
