import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** More than one DMARC record at a name. */
export const dmarcMultiple = defineCheck({
  id: "dmarc/multiple",
  title: "There is one DMARC record",
  over: "dmarc-record",
  facts: ["records"],
  specs: [{ ref: "RFC 9989 4.10", level: "must" }],
  tags: ["dns", "forgery"],
  messages: {
    several: {
      severity: "error",
      text: "There are {count} DMARC records at _dmarc.{name} where one is allowed, so receivers discard them all.",
      fix: "Keep one TXT record at _dmarc.{name} and delete the others.",
      clause: "{who} {who:has|have} several DMARC records, which void each other",
    },
  },
  explain: {
    what: "How many TXT records at each name of the tree walk begin with v=DMARC1.",
    why: "Receivers discard all records of a name that has several: the domain is as if without a policy, and forged mail passes.",
    fix: "Decide which one holds, and delete the rest.",
    blind: "Names above the one where the walk ended.",
    falseAlarm:
      "Other TXT records at the same name, and one record in several strings, do no harm.",
  },
  run: ({ facts, data, subject }) => {
    const several = data.walk.find(({ records }) => records.length > 1);
    if (several !== undefined)
      return problem("several", {
        domain: subject.domain,
        name: several.name,
        count: several.records.length,
      });
    return facts.records.length === 0 ? notApplicable() : pass();
  },
});
