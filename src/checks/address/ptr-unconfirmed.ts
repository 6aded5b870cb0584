import { ipFamily } from "../../core/ip.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { hostsAt } from "../hosts-at.ts";
import { zoneName } from "../naming.ts";

/** A reverse name that does not lead back to its address. */
export const addressPtrUnconfirmed = defineCheck({
  id: "address/ptr-unconfirmed",
  title: "Reverse names lead back to the address",
  over: "reverse-name",
  facts: ["names", "confirmed"],
  reads: ["addresses"],
  specs: [
    { ref: "RFC 1912 2.1", level: "should" },
    { ref: "RFC 8601 2.7.3", level: "advice" },
  ],
  tags: ["dns", "sending"],
  messages: {
    unconfirmed: {
      severity: "warning",
      text: "The reverse name of {address}, {names}, does not lead back to it, where forward and reverse should agree.",
      fix: "Give {names} an {type} record with {ip}, or have the provider set the PTR record to the name that has one.",
      clause: "the reverse name of {who} does not lead back to it",
    },
  },
  explain: {
    what: "Whether one of the names in the PTR record resolves to the same address.",
    why: "Anybody can write any name into the reverse zone of their own address; receivers therefore believe it only when the name's owner confirms it, and some refuse mail otherwise.",
    fix: "Make the PTR record and the address record of the server name each other.",
    blind:
      "At most five names of one address are followed; where there are more and none of these leads back, it is inconclusive.",
    falseAlarm:
      "Several names of which one leads back are fine, and a name that could not be looked up is inconclusive.",
  },
  run: ({ facts, subject, evidence }) => {
    const { ip = "" } = subject;
    const { isPublic, labelled } = hostsAt(evidence, ip);
    if (!isPublic || facts.names.length === 0) return notApplicable();
    if (facts.confirmed.length > 0) return pass();
    const type = ipFamily(ip) === 6 ? "AAAA" : "A";
    const [name = ""] = facts.names;
    return problem(
      "unconfirmed",
      { address: labelled, names: facts.names, ip, type },
      // The name is whoever runs the reverse zone's word: only a host name is worth publishing.
      isHostName(name) ? { records: [{ name: zoneName(name), type, value: ip }] } : {},
    );
  },
});

/** spec: RFC 1123 2.1. */
function isHostName(name: string): boolean {
  return /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i.test(name);
}
