import { classifyRefusal } from "../../knowledge/refusal.ts";
import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";
import { isAccepted, isPermanent, refusedBecause } from "../refused.ts";

/** RCPT TO:<postmaster@domain> refused for want of a mailbox. */
export const smtpPostmasterRefused = defineCheck({
  id: "smtp/postmaster-refused",
  title: "The postmaster can be written to",
  over: "smtp-envelope",
  facts: ["postmaster"],
  specs: [{ ref: "RFC 5321 4.5.1", level: "must" }],
  tags: ["smtp", "envelope"],
  messages: {
    "no-mailbox": {
      severity: "warning",
      text: "{server} has no postmaster@{domain} ({reply}), although every mail domain must have one.",
      fix: "Add an alias postmaster@{domain} that leads to the people in charge of the server.",
      clause: "{who} {who:has|have} no postmaster mailbox",
    },
    full: {
      severity: "warning",
      text: "The mailbox postmaster@{domain} is full at {server} ({reply}).",
      fix: "Empty the mailbox, and lead it to somebody who reads it.",
      clause: "the postmaster's mailbox is full",
    },
  },
  explain: {
    what: "Whether the server accepts postmaster@domain as a recipient, from the null sender.",
    why: "It is the one address by which others can report trouble with the domain's mail, and the standard requires it.",
    fix: "Create the alias; it must not be filtered away.",
    blind: "Whether anybody reads it: the message itself is never sent.",
    falseAlarm:
      "Greylisting, rate limits, a demand for TLS first and refusals of our address say nothing about the mailbox: they are inconclusive.",
  },
  run: ({ facts, data, subject }) => {
    const reply = facts.postmaster;
    if (isAccepted(reply)) return pass();
    if (!isPermanent(reply)) return cannotTell(refusedBecause(reply));
    const { domain = "" } = subject;
    const shown = { server: serverOf(subject), domain, reply: quoteReply(reply) };
    switch (classifyRefusal(reply)) {
      case "no-such-user":
        return problem("no-mailbox", shown);
      case "mailbox-full":
        return problem("full", shown);
      case "relay-denied": {
        const { unknownRecipient: other } = data;
        const same = other.known && classifyRefusal(other.value.reply) === "relay-denied";
        // Then the domain is not served at all: smtp/domain-not-served says so.
        return same ? notApplicable() : cannotTell(refusedBecause(reply));
      }
      default:
        return cannotTell(refusedBecause(reply));
    }
  },
});
