import { zoneName } from "../naming.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** A null MX that has company, or a preference. */
export const mxNullMxWithOthers = defineCheck({
  id: "mx/null-mx-with-others",
  title: "A null MX stands alone",
  over: "mx-set",
  facts: ["records"],
  specs: [{ ref: "RFC 7505 3", level: "must" }],
  tags: ["dns"],
  messages: {
    mixed: {
      severity: "error",
      text: '{domain} publishes the null MX (".") beside {others}, although a null MX must be the only one.',
      fix: "Remove the null MX if the domain takes mail, or the other MX records if it takes none.",
      clause: "its MX set says both that it takes mail and that it takes none",
    },
    preference: {
      severity: "note",
      text: "The null MX of {domain} has preference {preference} instead of 0.",
      fix: 'Publish it as "MX 0 .".',
      clause: "its null MX has a preference other than 0",
    },
  },
  explain: {
    what: 'Whether an MX record for "." is the only one and has preference 0.',
    why: "Senders disagree about a mixed set: some deliver, some return the mail, some try to resolve the root.",
    fix: "Decide whether the domain takes mail, and publish either the null MX or the exchangers.",
    blind: "Which of the two was meant.",
    falseAlarm: "A null MX alone with preference 0 is healthy and passes.",
  },
  run: ({ facts, subject }) => {
    const { domain = "" } = subject;
    const nulls = facts.records.filter(({ exchange }) => exchange === ".");
    const [first] = nulls;
    if (first === undefined) return notApplicable();
    const others = facts.records.filter(({ exchange }) => exchange !== ".");
    if (others.length > 0)
      return problem("mixed", { domain, others: others.map(({ exchange }) => exchange) });
    if (nulls.length > 1) return problem("mixed", { domain, others: ["another null MX"] });
    if (first.preference === 0) return pass();
    return problem(
      "preference",
      { domain, preference: first.preference },
      { records: [{ name: zoneName(domain), type: "MX", value: "0 ." }] },
    );
  },
});
