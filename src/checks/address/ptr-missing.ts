import { reverseNameOf } from "../../core/ip.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { hostsAt } from "../hosts-at.ts";
import { zoneName } from "../naming.ts";

/** An address without a PTR record. */
export const addressPtrMissing = defineCheck({
  id: "address/ptr-missing",
  title: "Mail server addresses have a reverse name",
  over: "reverse-name",
  facts: ["names"],
  reads: ["addresses"],
  specs: [
    { ref: "RFC 1912 2.1", level: "should" },
    { ref: "RFC 1035 3.5", level: "must" },
  ],
  tags: ["dns", "sending"],
  messages: {
    missing: {
      severity: "warning",
      text: "{address} has no reverse name: there is no PTR record, and many servers refuse mail from such an address.",
      fix: "Have the provider of the address set its PTR record to the name of the mail server (in a hosting panel: reverse DNS).",
      clause:
        "{who} {who:has|have} no reverse name, so mail sent from there is refused in many places",
    },
  },
  explain: {
    what: "Whether the public addresses of the mail servers have a PTR record.",
    why: "Large receivers refuse or distrust mail from an address without a reverse name.",
    fix: "The PTR record is set by who owns the address, usually the hosting provider, and not in the domain's own zone.",
    blind: "Whether the address also sends; one that only receives can do without.",
    falseAlarm:
      "Private addresses cannot have a public reverse name and are not judged, and an answer that could not be had is inconclusive.",
  },
  run: ({ facts, subject, evidence }) => {
    const { ip = "" } = subject;
    const { hosts, isPublic, labelled } = hostsAt(evidence, ip);
    if (!isPublic) return notApplicable();
    if (facts.names.length > 0) return pass();
    const [host] = hosts;
    const name = zoneName(reverseNameOf(ip));
    const records = host === undefined ? [] : [{ name, type: "PTR", value: zoneName(host) }];
    return problem("missing", { address: labelled }, records.length > 0 ? { records } : {});
  },
});
