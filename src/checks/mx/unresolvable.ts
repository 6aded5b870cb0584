import { every, unknown, type Fact } from "../../core/fact.ts";
import type { ObservationOf } from "../../probes/kinds.ts";
import {
  cannotTell,
  defineCheck,
  notApplicable,
  observationsOf,
  pass,
  problem,
} from "../define-check.ts";
import { hasAddress } from "../host-addresses.ts";
import { routeOf, type Route } from "../route.ts";

type Seen = ObservationOf<"addresses"> & {
  readonly data: NonNullable<ObservationOf<"addresses">["data"]>;
};

/** Exchangers whose name leads to no address; one finding for the domain when all are so. */
export const mxUnresolvable = defineCheck({
  id: "mx/unresolvable",
  title: "Exchangers have addresses",
  over: "addresses",
  facts: [],
  reads: ["mx-set"],
  specs: [{ ref: "RFC 5321 5.1", level: "must" }],
  tags: ["dns"],
  messages: {
    "name-not-found": {
      severity: "warning",
      text: "{host}, an exchanger of {name}, does not exist (NXDOMAIN).",
      fix: "Remove {host} from the MX set, or create it with the address of the server.",
      clause: "{who} {who:does|do} not exist in the DNS",
    },
    "no-address": {
      severity: "warning",
      text: "{host}, an exchanger of {name}, has neither an A nor an AAAA record.",
      fix: "Give {host} the address of the server, or remove it from the MX set.",
      clause: "{who} {who:has|have} no address",
    },
    all: {
      severity: "error",
      undeliverable: true,
      text: "No exchanger of {name} leads to an address, so senders cannot reach any: {reasons}.",
      fix: "Create the missing hosts with the addresses of the servers, or name other hosts in the MX set.",
      clause: "none of its exchangers has an address ({reasons})",
    },
    target: {
      severity: "error",
      undeliverable: true,
      text: "{host} {why}, so there is nothing to connect to.",
      fix: "Look for a misspelling, or give {host} the address of the server.",
      clause: "the name {why}",
    },
  },
  explain: {
    what: "Whether the name in each MX record exists and has an IPv4 or IPv6 address.",
    why: "Senders lose time on a name that leads nowhere; when all do, mail is returned. A name in a domain that nobody registered can be taken over by a stranger, who then receives the mail.",
    fix: "Correct the name, create its address records, or drop it from the MX set.",
    blind: "Names that resolve only inside the owner's network look the same from outside.",
    falseAlarm:
      "SERVFAIL, timeouts and refusals of the resolver are no proof that a name is missing: they are inconclusive.",
  },
  run: ({ observation, subject, evidence }) => {
    const { host = "" } = subject;
    const route = routeOf(evidence, host);
    const members = observationsOf(evidence, "addresses").filter(
      (other): other is Seen =>
        other.data !== null && route.hosts.includes(other.subject.host ?? ""),
    );
    const own = judgeHost(observation as Seen, route);
    if (route.mxSet === undefined) return own;
    const lost = everyLost(members, route);
    const speaks = members[0]?.id === observation.id;
    const where = { subject: { domain: route.name }, cites: members.map(({ id }) => id) };
    if (lost.known && lost.value)
      return speaks
        ? problem("all", { name: route.name, reasons: members.map(reasonOf) }, where)
        : [];
    if (lost.known || !speaks) return own;
    const unsure = members.find(({ data }) => !hasAddress(data).known);
    return [own, cannotTell(lost, unsure, where)];
  },
});

/** Why the exchanger leads nowhere: "mx1.example.com does not exist". */
function reasonOf({ data, subject }: Seen): string {
  const { host = "" } = subject;
  if (data.form === "ip-literal") return `${host} is an IP address in place of a host name`;
  if (data.form === "localhost") return `${host} is every sender's own machine`;
  const gone = data.exists.known && !data.exists.value;
  const alias = data.aliases.known ? data.aliases.value.at(-1) : undefined;
  if (alias !== undefined) return `${host} is an alias of ${alias}, which leads nowhere`;
  return gone ? `${host} does not exist` : `${host} has no address`;
}

/** Whether none of the exchangers has an address; one that was not looked at leaves it open. */
function everyLost(members: readonly Seen[], { mxSet, hosts }: Route): Fact<boolean> {
  const lost = every(
    members.map(({ data }) => hasAddress(data)),
    (has) => !has,
  );
  if (!lost.known || !lost.value) return lost;
  const left = members.length < hosts.length || (mxSet?.data.omitted ?? 0) > 0;
  return left ? unknown("budget") : lost;
}

function judgeHost({ data, subject }: Seen, { name, mxSet }: Route) {
  const { host = "" } = subject;
  if (data.form === "ip-literal" || data.form === "localhost") return notApplicable();
  const has = hasAddress(data);
  if (!has.known) return cannotTell(has);
  if (has.value) return pass();
  const target = data.aliases.known ? data.aliases.value.at(-1) : undefined;
  const nowhere = data.exists.known && !data.exists.value;
  // NXDOMAIN behind an alias speaks of the alias's target: the host itself exists.
  const gone = nowhere && target === undefined;
  if (mxSet === undefined) {
    const why = gone ? "does not exist (NXDOMAIN)" : "has no address";
    const alias = `is an alias of ${target}, which ${nowhere ? "does not exist" : "has no address"}`;
    return problem("target", { host, why: target === undefined ? why : alias });
  }
  return problem(gone ? "name-not-found" : "no-address", { host, name }, { cites: [mxSet.id] });
}
