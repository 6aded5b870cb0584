import { parseSpf, type SpfMechanism, type SpfTerm } from "../../records/spf.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** An SPF record that lets the whole world pass, or says nothing of it. */
export const spfAllPermissive = defineCheck({
  id: "spf/all-permissive",
  title: "The SPF record excludes strangers",
  over: "spf-record",
  facts: ["records"],
  specs: [
    { ref: "RFC 7208 5.1", level: "must" },
    { ref: "RFC 7208 4.7", level: "must" },
    { ref: "RFC 7208 8.2", level: "advice" },
  ],
  tags: ["dns", "forgery"],
  messages: {
    "pass-all": {
      severity: "error",
      text: 'The SPF record of {domain} lets every server in the world pass ("{term}").',
      fix: 'Replace "{term}" by the servers that send for {domain}, and end the record with ~all or -all.',
      clause: "the SPF record of {who} lets everybody send in its name",
    },
    neutral: {
      severity: "note",
      text: 'The SPF record of {domain} ends in "{term}", so mail from strangers gets no verdict (neutral).',
      fix: "End the record with ~all, or with -all once every sender is listed.",
      clause: "the SPF record of {who} says nothing about strangers",
    },
    "no-all": {
      severity: "note",
      text: "The SPF record of {domain} has no all mechanism and no redirect, so mail from strangers gets no verdict (neutral).",
      fix: "End the record with ~all, or with -all once every sender is listed.",
      clause: "the SPF record of {who} says nothing about strangers",
    },
  },
  explain: {
    what: "What the record says of senders that nothing in it matches.",
    why: "A record that lets all pass is worse than none: forged mail is certified as genuine.",
    fix: "List the senders and end with ~all or -all.",
    blind: "Included and redirected records, which may be permissive themselves.",
    falseAlarm:
      "~all is a sound ending, above all with DMARC, and a redirect hands the decision to another record.",
  },
  run: ({ facts, subject }) => {
    const { domain } = subject;
    const [record, second] = facts.records;
    if (record === undefined || second !== undefined) return notApplicable();
    const { terms, faults } = parseSpf(record);
    if (faults.length > 0) return notApplicable();
    const mechanisms = terms.filter((term): term is SpfMechanism => term.kind === "mechanism");
    const last = mechanisms.findIndex(({ name }) => name === "all");
    const counted = last < 0 ? mechanisms : mechanisms.slice(0, last + 1);
    const open = counted.find(matchesEverybody);
    if (open?.qualifier === "+") return problem("pass-all", { domain, term: open.text });
    if (open?.qualifier === "?") return problem("neutral", { domain, term: open.text });
    if (last < 0 && !terms.some(isRedirect)) return problem("no-all", { domain });
    return pass();
  },
});

function matchesEverybody({ name, prefix4, prefix6 }: SpfMechanism): boolean {
  return name === "all" || (name === "ip4" && prefix4 === 0) || (name === "ip6" && prefix6 === 0);
}

function isRedirect(term: SpfTerm): boolean {
  return term.kind === "modifier" && term.name === "redirect";
}
