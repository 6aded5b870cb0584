import type { Evidence } from "../../core/evidence.ts";
import { every, known, some, unknown, type Fact } from "../../core/fact.ts";
import { joinList } from "../../core/text.ts";
import type { ObservationOf } from "../../probes/kinds.ts";
import {
  cannotTell,
  defineCheck,
  notApplicable,
  observationsOf,
  pass,
  problem,
} from "../define-check.ts";

type Addresses = ObservationOf<"addresses">;

/** Exchangers that are one server under several names. */
export const mxDuplicateAddress = defineCheck({
  id: "mx/duplicate-address",
  title: "Exchangers are different servers",
  over: "mx-set",
  facts: ["records"],
  reads: ["addresses"],
  specs: [{ ref: "RFC 5321 5.1", level: "advice" }],
  tags: ["dns"],
  messages: {
    same: {
      severity: "note",
      text: "Exchangers of {domain} are one server under several names, and no backup for each other: {groups}.",
      fix: "Leave one MX record for the server, or give the other name a server of its own.",
      clause: "its exchangers share one address, so none is a backup for another",
    },
  },
  explain: {
    what: "Whether two exchangers have exactly the same addresses, one of each family at most.",
    why: "A second MX record promises a second server; when the one machine fails, all names fail with it, and senders try the dead address several times.",
    fix: "Name each server once.",
    blind:
      "Different addresses that lead to one machine, and one address behind which many machines stand.",
    falseAlarm:
      "Large providers publish several names for one pool: names that share several addresses of a family back each other up and are not reported.",
  },
  run: ({ data, subject, evidence }) => {
    const { domain = "" } = subject;
    const members = membersOf(evidence, data.hosts);
    if (members.length < 2) return notApplicable();
    const cites = members.map(({ id }) => id);
    const pairs = members.flatMap((one, at) =>
      members.slice(at + 1).map((other) => ({ one, other, same: isSameServer(one, other) })),
    );
    const found = pairs.filter(({ same }) => same.known && same.value);
    if (found.length > 0) return problem("same", { domain, groups: groupsOf(found) }, { cites });
    const open = pairs.find(({ same }) => !same.known);
    if (open === undefined) return pass({ cites });
    const unseen = [open.one, open.other].find(
      ({ data: seen }) => !familiesOf(seen).every(isKnown),
    );
    return cannotTell(open.same, unseen);
  },
});

function membersOf(evidence: Evidence, hosts: readonly string[]): readonly Addresses[] {
  return observationsOf(evidence, "addresses").filter(
    ({ data, subject }) => data?.form === "name" && hosts.includes(subject.host ?? ""),
  );
}

/** The addresses of each family, sorted. */
function familiesOf(data: Addresses["data"]): readonly Fact<readonly string[]>[] {
  if (data === null) return [unknown("depends-on")];
  return [data.ipv4, data.ipv6].map((fact) =>
    fact.known ? known(fact.value.map(({ ip }) => ip).toSorted()) : fact,
  );
}

function isSameServer({ data: one }: Addresses, { data: other }: Addresses): Fact<boolean> {
  const [ours, theirs] = [familiesOf(one), familiesOf(other)];
  const same = ours.map((mine, at): Fact<boolean> => {
    const yours = theirs[at] ?? unknown("depends-on");
    // Several addresses of one family back each other up, whatever the name.
    if ([mine, yours].some((fact) => fact.known && fact.value.length > 1)) return known(false);
    if (!mine.known) return mine;
    return yours.known ? known(mine.value.join() === yours.value.join()) : yours;
  });
  const any = some([...ours, ...theirs], (ips) => ips.length > 0);
  return every([...same, any], Boolean);
}

function isKnown(fact: Fact<unknown>): boolean {
  return fact.known;
}

/** "mx1.example.com and mx2.example.com (192.0.2.1)" for each set of addresses. */
function groupsOf(pairs: readonly { readonly one: Addresses; readonly other: Addresses }[]) {
  const groups = new Map<string, Set<string>>();
  for (const { one, other } of pairs) {
    const ips = familiesOf(one.data).flatMap((fact) => (fact.known ? fact.value : []));
    const names = groups.get(ips.join(", ")) ?? new Set();
    for (const { subject } of [one, other]) names.add(subject.host ?? "");
    groups.set(ips.join(", "), names);
  }
  return [...groups].map(([ips, names]) => `${joinList([...names])} (${ips})`);
}
