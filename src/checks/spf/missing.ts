import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { zoneName } from "../naming.ts";
import { isAbsent, isImplicit, nullMxOf } from "../no-mail.ts";

/** No SPF record at the domain. */
export const spfMissing = defineCheck({
  id: "spf/missing",
  title: "The domain has an SPF record",
  over: "spf-record",
  facts: ["records"],
  reads: ["mx-set"],
  specs: [
    { ref: "RFC 7208 3.1", level: "must" },
    { ref: "RFC 7208 10.1", level: "advice" },
  ],
  tags: ["dns", "forgery"],
  messages: {
    missing: {
      severity: "warning",
      text: "{domain} has no SPF record, so receivers cannot tell its servers from forgers.",
      fix: "Publish the TXT record below, with every other service that sends for {domain} added before ~all (include:...).",
      clause: "{who} {who:has|have} no SPF record",
    },
    "missing-no-mail": {
      severity: "warning",
      text: "{domain} takes no mail (null MX) but has no SPF record that says it sends none either.",
      fix: "Publish the TXT record below if the domain sends no mail.",
      clause: "no SPF record says that {who} {who:sends|send} no mail",
    },
  },
  explain: {
    what: "Whether a TXT record at the domain begins with v=spf1.",
    why: "SPF lists the servers that may send in the domain's name; large receivers demand it or DKIM from everybody.",
    fix: "Publish one TXT record at the domain itself that lists what sends for it.",
    blind: "What really sends for the domain; the record suggested covers the mail servers alone.",
    falseAlarm:
      "SERVFAIL, timeouts and truncated answers are no missing record: they are inconclusive. A domain that does not exist is not judged.",
  },
  run: ({ facts, subject, evidence }) => {
    const { domain = "" } = subject;
    if (facts.records.length > 0) return pass();
    if (isAbsent(evidence, domain)) return notApplicable();
    const nullMx = nullMxOf(evidence, domain);
    // The mechanism mx knows no implicit MX. spec: RFC 7208 5.4.
    const servers = isImplicit(evidence, domain) ? "a" : "mx";
    const value = nullMx === undefined ? `"v=spf1 ${servers} ~all"` : '"v=spf1 -all"';
    const records = [{ name: zoneName(domain), type: "TXT", value }];
    return nullMx === undefined
      ? problem("missing", { domain }, { records })
      : problem("missing-no-mail", { domain }, { records, cites: [nullMx] });
  },
});
