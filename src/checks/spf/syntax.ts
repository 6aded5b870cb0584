import { parseSpf } from "../../records/spf.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** An SPF record that breaks its grammar. */
export const spfSyntax = defineCheck({
  id: "spf/syntax",
  title: "The SPF record can be read",
  over: "spf-record",
  facts: ["records"],
  specs: [
    { ref: "RFC 7208 4.6", level: "must" },
    { ref: "RFC 7208 12", level: "must" },
  ],
  tags: ["dns", "forgery"],
  messages: {
    syntax: {
      severity: "error",
      text: 'The SPF record of {domain} cannot be read at "{term}" (character {column}): {reason}.',
      fix: 'Correct "{term}" in the TXT record of {domain}.',
      clause: "the SPF record of {who} has a syntax error, which voids it",
    },
  },
  explain: {
    what: "Whether every term of the record follows the grammar, macros included, without looking anything up.",
    why: "One faulty term makes the whole record a permanent error, whatever stands before it.",
    fix: "Correct the first faulty term; check again, there may be more.",
    blind: "Whether the names in it exist, and how many look-ups they cost.",
    falseAlarm:
      "Modifiers that nobody knows are allowed and ignored; letter case and a space at the end do not matter.",
  },
  run: ({ facts, subject }) => {
    const [record, second] = facts.records;
    // Several records are void as they are: spf/multiple says so.
    if (record === undefined || second !== undefined) return notApplicable();
    const [fault] = parseSpf(record).faults;
    if (fault === undefined) return pass();
    const { text: term, position, reason } = fault;
    return problem("syntax", { domain: subject.domain, term, column: position + 1, reason });
  },
});
