import { zoneName } from "../naming.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** Mail goes to the domain's own address because there is no MX set. */
export const mxImplicit = defineCheck({
  id: "mx/implicit",
  title: "The domain has MX records of its own",
  over: "mx-set",
  facts: ["records", "implicit"],
  specs: [{ ref: "RFC 5321 5.1", level: "should" }],
  tags: ["dns"],
  messages: {
    implicit: {
      severity: "note",
      text: "{domain} has no MX record, so senders deliver to the domain's own address (implicit MX).",
      fix: "Publish an MX record, so that mail does not follow the web site when the address changes.",
      clause: "only because the domain's own address stands in for a missing MX record",
    },
  },
  explain: {
    what: "Whether mail reaches the domain through MX records or through the rule that its address stands in.",
    why: "It works, but who moves the web site moves the mail with it, often without knowing.",
    fix: "Publish the MX record that is meant, even when it names the domain itself.",
    blind: "Whether the address is meant to take mail at all.",
    falseAlarm:
      "An implicit MX is a healthy set-up by the standard; this is therefore a note and never more.",
  },
  run: ({ facts, subject }) => {
    if (facts.records.length > 0) return pass();
    const { domain = "" } = subject;
    if (!facts.implicit) return notApplicable();
    const name = zoneName(domain);
    return problem(
      "implicit",
      { domain },
      { records: [{ name, type: "MX", value: `10 ${name}` }] },
    );
  },
});
