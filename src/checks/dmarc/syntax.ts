import { parseDmarc } from "../../records/dmarc.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** A DMARC record with a fault that receivers pass over. */
export const dmarcSyntax = defineCheck({
  id: "dmarc/syntax",
  title: "The DMARC record can be read",
  over: "dmarc-record",
  facts: ["records", "foundAt"],
  specs: [
    { ref: "RFC 9989 4.7", level: "must" },
    { ref: "RFC 9989 4.8", level: "must" },
  ],
  tags: ["dns", "forgery"],
  messages: {
    syntax: {
      severity: "warning",
      text: 'The DMARC record at _dmarc.{name} cannot be read at "{term}" (character {column}): {reason}.',
      fix: 'Correct "{term}" in the TXT record at _dmarc.{name}.',
      clause: "the DMARC record of {who} has a syntax error",
    },
  },
  explain: {
    what: "Whether the record is a list of tags with allowed values, the version first.",
    why: "Receivers ignore faulty tags: a policy with a typing error falls back to none, or the whole record to nothing.",
    fix: "Correct the tag that is named.",
    blind: "Whether the report addresses take mail.",
    falseAlarm:
      "Unknown tags, and those of older versions of the standard (pct, rf, ri), are allowed and ignored, and p may be left out.",
  },
  run: ({ facts }) => {
    const [record, second] = facts.records;
    if (record === undefined || second !== undefined) return notApplicable();
    const [fault] = parseDmarc(record).faults;
    if (fault === undefined) return pass();
    const { text: term, position, reason } = fault;
    return problem("syntax", { name: facts.foundAt, term, column: position + 1, reason });
  },
});
