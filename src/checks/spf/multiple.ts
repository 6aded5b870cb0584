import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** More than one SPF record. */
export const spfMultiple = defineCheck({
  id: "spf/multiple",
  title: "There is one SPF record",
  over: "spf-record",
  facts: ["records"],
  specs: [
    { ref: "RFC 7208 3.2", level: "must" },
    { ref: "RFC 7208 4.5", level: "must" },
  ],
  tags: ["dns", "forgery"],
  messages: {
    several: {
      severity: "error",
      text: "{domain} has {count} SPF records where one is allowed, so receivers treat SPF as broken (permerror).",
      fix: 'Put the mechanisms of all of them into one record with one "all" at its end, and delete the others.',
      clause: "{who} {who:has|have} several SPF records, which void each other",
    },
  },
  explain: {
    what: "How many TXT records at the domain begin with v=spf1.",
    why: "With more than one, every check of SPF ends in a permanent error: forged mail is not recognised, and some receivers refuse the genuine.",
    fix: "Merge the records; the limit of ten look-ups holds for the result.",
    blind: "Which of the records is the newer one.",
    falseAlarm:
      "One record in several quoted strings is one record, and other TXT records beside it do no harm.",
  },
  run: ({ facts, subject }) => {
    const { length } = facts.records;
    if (length === 0) return notApplicable();
    return length === 1 ? pass() : problem("several", { domain: subject.domain, count: length });
  },
});
