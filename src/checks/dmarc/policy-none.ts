import { parseDmarc } from "../../records/dmarc.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** A DMARC policy that only watches. */
export const dmarcPolicyNone = defineCheck({
  id: "dmarc/policy-none",
  title: "The DMARC policy protects the domain",
  over: "dmarc-record",
  facts: ["records", "foundAt"],
  specs: [
    { ref: "RFC 9989 4.7", level: "advice" },
    { ref: "RFC 9989 4.10.1", level: "must" },
  ],
  tags: ["dns", "forgery"],
  messages: {
    none: {
      severity: "note",
      text: "The DMARC policy for {domain} is none ({tag} at _dmarc.{name}), so forged mail is reported at most, and delivered.",
      fix: "Once the reports show that all genuine mail passes, raise the policy to quarantine, then to reject.",
      clause: "the DMARC policy of {who} only watches",
    },
    testing: {
      severity: "note",
      text: "The DMARC policy for {domain} is quarantine in test mode (t=y at _dmarc.{name}), so receivers treat it as none.",
      fix: "Remove t=y once the reports show that all genuine mail passes.",
      clause: "the DMARC policy of {who} only watches",
    },
  },
  explain: {
    what: "Which policy receivers apply to mail from the domain: p of its own record, or sp of the one above it, one level weaker in test mode.",
    why: "With none, a forged message that fails every test is still delivered.",
    fix: "Read the reports, put the senders in order, and raise the policy.",
    blind: "Whether the owner is still watching, which is right in the first weeks.",
    falseAlarm: "Watching with p=none is how everybody should begin; it is a note only.",
  },
  run: ({ facts, subject }) => {
    const { domain = "" } = subject;
    const [record, second] = facts.records;
    if (record === undefined || second !== undefined) return notApplicable();
    const { p, sp, testing } = parseDmarc(record);
    const isOwn = facts.foundAt === domain;
    const policy = (isOwn ? p : (sp ?? p)) ?? "none";
    const name = facts.foundAt;
    if (policy === "quarantine" && testing) return problem("testing", { domain, name });
    if (policy !== "none") return pass();
    const tag = isOwn || sp === undefined ? (p === undefined ? "no p tag" : "p=none") : "sp=none";
    return problem("none", { domain, name, tag });
  },
});
