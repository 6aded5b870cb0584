import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { isAbsent, nullMxOf } from "../no-mail.ts";
import { zoneName } from "../naming.ts";

/** No DMARC record for the domain, up the whole tree. */
export const dmarcMissing = defineCheck({
  id: "dmarc/missing",
  title: "The domain has a DMARC policy",
  over: "dmarc-record",
  facts: ["records", "foundAt"],
  reads: ["mx-set"],
  specs: [
    { ref: "RFC 9989 4.10", level: "must" },
    { ref: "RFC 9989 4.7", level: "must" },
  ],
  tags: ["dns", "forgery"],
  messages: {
    missing: {
      severity: "warning",
      text: "{domain} has no DMARC policy, neither of its own nor from a domain above it, so receivers do not know what to do with forged mail.",
      fix: "Publish the TXT record below, read the reports for some weeks, and then raise p to quarantine or reject.",
      clause: "{who} {who:has|have} no DMARC policy",
    },
    "missing-no-mail": {
      severity: "warning",
      text: "{domain} takes no mail (null MX) but has no DMARC policy that lets receivers refuse what is forged in its name.",
      fix: "Publish the TXT record below if the domain sends no mail.",
      clause: "{who} {who:has|have} no DMARC policy",
    },
  },
  explain: {
    what: "Whether a DMARC record applies to the domain: at _dmarc of the domain, or found by walking up the tree of names.",
    why: "Without one, receivers let forged mail in the domain's name through, and large ones refuse bulk mail from it.",
    fix: "Begin with p=none and a report address, and tighten the policy once the reports are clean.",
    blind: "Receivers that still use the public suffix list may find another record.",
    falseAlarm:
      "A record of the organisational domain covers its subdomains, and answers that could not be had are inconclusive.",
  },
  run: ({ facts, data, subject, evidence }) => {
    const { domain = "" } = subject;
    if (facts.foundAt !== "") return pass();
    // Several records at one name are void; dmarc/multiple says so.
    if (data.walk.some(({ records }) => records.length > 1)) return notApplicable();
    if (isAbsent(evidence, domain)) return notApplicable();
    const name = zoneName(`_dmarc.${domain}`);
    const nullMx = nullMxOf(evidence, domain);
    if (nullMx !== undefined) {
      const records = [{ name, type: "TXT", value: '"v=DMARC1; p=reject"' }];
      return problem("missing-no-mail", { domain }, { records, cites: [nullMx] });
    }
    const value = `"v=DMARC1; p=none; rua=mailto:postmaster@${domain}"`;
    return problem("missing", { domain }, { records: [{ name, type: "TXT", value }] });
  },
});
