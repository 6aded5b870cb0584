import { known, type Fact } from "../../core/fact.ts";
import { ipFamily, networkOf } from "../../core/ip.ts";
import type { AddressRecord } from "../../probes/kinds.ts";
import {
  cannotTell,
  defineCheck,
  notApplicable,
  observationsOf,
  pass,
  problem,
} from "../define-check.ts";

/** From this many exchangers on, a domain clearly means to survive the loss of one. */
const several = 3;

/** Many exchangers that fail together. */
export const mxRedundancy = defineCheck({
  id: "mx/redundancy",
  title: "Several exchangers stand in several networks",
  over: "mx-set",
  facts: ["records"],
  reads: ["addresses"],
  specs: [{ ref: "RFC 5321 5.1", level: "advice" }],
  tags: ["dns"],
  messages: {
    "one-network": {
      severity: "note",
      text: "All {number} exchangers of {domain} stand in one network ({networks}), so one fault there stops them all.",
      fix: "Move one of the exchangers to another network or provider, or be content with fewer.",
      clause: "all its exchangers stand in one network",
    },
  },
  explain: {
    what: "Whether three or more exchangers have addresses in more than one network (a /24 of IPv4, a /48 of IPv6).",
    why: "Many exchangers cost work and promise safety; a single router, cable or blocklist entry for the network takes that away.",
    fix: "Spread the exchangers, or drop those that add nothing.",
    blind:
      "Routing: an anycast network is in many places at once, and two networks may end in one room.",
    falseAlarm:
      "Senders keep mail for days, so one server, or two side by side, serve a small domain well: nothing is said of them.",
  },
  run: ({ data, subject, evidence }) => {
    const { domain = "" } = subject;
    const members = observationsOf(evidence, "addresses").filter(
      (observation) =>
        observation.data?.form === "name" && data.hosts.includes(observation.subject.host ?? ""),
    );
    if (members.length < several) return notApplicable();
    const cites = members.map(({ id }) => id);
    const facts: readonly Fact<readonly AddressRecord[]>[] = members.flatMap((member) =>
      member.data === null ? [] : [member.data.ipv4, member.data.ipv6],
    );
    const publicIps = facts.flatMap((fact) =>
      fact.known ? fact.value.filter(({ scope }) => scope === "public").map(({ ip }) => ip) : [],
    );
    const networks = [...new Set(publicIps.map(networkOf))];
    const inFamily = (family: 4 | 6): number =>
      networks.filter((network) => ipFamily(network.split("/")[0] ?? "") === family).length;
    if (inFamily(4) > 1 || inFamily(6) > 1) return pass({ cites });
    const unseen = facts.find((fact) => !fact.known) ?? known(true);
    if (!unseen.known) {
      const from = members.find(({ data: seen }) => !seen?.ipv4.known || !seen.ipv6.known);
      return cannotTell(unseen, from);
    }
    // One server under many names is what mx/duplicate-address speaks of.
    if (new Set(publicIps).size < several) return notApplicable();
    return problem("one-network", { domain, number: members.length, networks }, { cites });
  },
});
