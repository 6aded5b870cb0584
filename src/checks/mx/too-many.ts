import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** spec: RFC 7208 4.6.4: an SPF "mx" term may lead to ten address lookups. */
const most = 10;

/** More exchangers than senders will try. */
export const mxTooMany = defineCheck({
  id: "mx/too-many",
  title: "The MX set has at most ten exchangers",
  over: "mx-set",
  facts: ["records"],
  specs: [
    { ref: "RFC 7208 4.6.4", level: "must" },
    { ref: "RFC 5321 5.1", level: "advice" },
  ],
  tags: ["dns"],
  messages: {
    many: {
      severity: "warning",
      text: '{domain} has {number} exchangers. Senders may give up after the first few, and "mx" in an SPF record is an error beyond {most}.',
      fix: "Keep the exchangers that are needed, and let one name stand for a pool of addresses.",
      clause: "it has {number} exchangers, more than senders will try",
    },
  },
  explain: {
    what: "The number of different exchangers in the MX set.",
    why: "Senders may limit how many addresses they try, large answers do not fit into one packet, and SPF evaluation fails permanently at an mx term with more than ten exchangers.",
    fix: "Publish fewer names; two to four serve the largest domains.",
    blind: "Whether any SPF record refers to this MX set: those of other domains may.",
    falseAlarm: "A name that is listed twice counts once, and ten exchangers are still allowed.",
  },
  run: ({ facts, subject }) => {
    const { domain = "" } = subject;
    const names = new Set(facts.records.map(({ exchange }) => exchange));
    if (names.size === 0) return notApplicable();
    return names.size <= most ? pass() : problem("many", { domain, number: names.size, most });
  },
});
