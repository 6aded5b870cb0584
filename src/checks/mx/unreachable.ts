import type { Evidence } from "../../core/evidence.ts";
import { every, known, unknown, type Fact } from "../../core/fact.ts";
import { serviceOnPort } from "../../core/service.ts";
import type { Subject } from "../../core/observation.ts";
import type { ObservationOf } from "../../probes/kinds.ts";
import { addressState, type AddressState } from "../address-state.ts";
import {
  cannotTell,
  defineCheck,
  notApplicable,
  observationsOf,
  pass,
  problem,
} from "../define-check.ts";
import { serverOf } from "../naming.ts";
import { routeOf, type Route } from "../route.ts";

type Hello = ObservationOf<"smtp-hello">;

interface Member {
  readonly hello: Hello;
  readonly state: AddressState;
}

/** Addresses that do not answer as a mail server; one finding for the domain when none does. */
export const mxUnreachable = defineCheck({
  id: "mx/unreachable",
  title: "Mail servers can be reached",
  over: "smtp-hello",
  judgesFailures: true,
  facts: [],
  reads: ["mx-set", "addresses", "port-control", "environment"],
  specs: [
    { ref: "RFC 5321 5.1", level: "must" },
    { ref: "RFC 5321 4.2", level: "must" },
  ],
  tags: ["connection"],
  messages: {
    dead: {
      severity: "warning",
      text: "{server} cannot be used: {why}.",
      fix: "Start the mail server there and open TCP port {port} to the Internet, or remove the address from the DNS.",
      clause: "{who} cannot be reached at every address",
    },
    "wrong-protocol": {
      severity: "warning",
      text: "{server} speaks {heard} on port {port}, where {expected} is expected.",
      fix: "Give port {port} back to the SMTP server; look at what a load balancer, proxy or port forward does with it.",
      clause: "{who} {who:does|do} not speak SMTP on port {port}",
    },
    all: {
      severity: "error",
      undeliverable: true,
      text: "No mail server of {name} can be used: {reasons}.",
      fix: "Start the mail servers and open TCP port 25 to the Internet, or correct the addresses in the DNS.",
      clause: "none of its mail servers can be reached",
    },
    target: {
      severity: "error",
      undeliverable: true,
      text: "{name} cannot be used on port {port}: {reasons}.",
      fix: "Start the mail server there, and open TCP port {port} to those who need it.",
      clause: "it does not answer as a mail server on port {port}",
    },
  },
  explain: {
    what: "Whether each address of the mail servers accepts a connection and greets as SMTP does.",
    why: "A dead address makes senders wait before they try the next; when all are dead, mail stays in their queues and is returned after days.",
    fix: "Restart the server, open the firewall, or take the address out of the DNS.",
    blind:
      "Only the path from here is seen: a firewall that lets others in but not this machine looks the same.",
    falseAlarm:
      "A timeout counts only where port 25 is known to be open from here; a refusal to serve this client (421, 554, or a connection closed without a word), a silent greeting and our own missing IPv6 are inconclusive.",
  },
  run: ({ observation, subject, evidence }) => {
    const { host = subject.ip ?? "" } = subject;
    const route = routeOf(evidence, host);
    const members = membersOf(evidence, route);
    const own = judgeAddress(observation, addressState(observation, evidence));
    const lost = everyLost(members, evidence, route);
    const speaks = members.find(({ hello }) => hello.data !== null)?.hello.id === observation.id;
    const where = {
      subject: subjectOf(route, subject.port),
      cites: members.map(({ hello }) => hello.id),
    };
    if (lost.known && lost.value) {
      const { port = 25 } = subject;
      const data = { name: route.name, port, reasons: reasonsOf(members) };
      return speaks ? problem(route.mxSet === undefined ? "target" : "all", data, where) : [];
    }
    if (lost.known || !speaks) return own;
    const unsure = members.find(({ state }) => state.kind === "unknown")?.hello;
    return [own, cannotTell(lost, unsure ?? unseenAddresses(evidence, route)?.host, where)];
  },
});

/** The sessions of the route, without the addresses that were left out on purpose. */
function membersOf(evidence: Evidence, route: Route): readonly Member[] {
  return observationsOf(evidence, "smtp-hello")
    .filter(({ subject }) => route.hosts.includes(subject.host ?? subject.ip ?? ""))
    .map((hello) => ({ hello, state: addressState(hello, evidence) }))
    .filter(({ state }) => state.kind !== "left-out");
}

/** A host of the route of which a family of addresses could not be looked up. */
function unseenAddresses(evidence: Evidence, { hosts }: Route) {
  for (const host of observationsOf(evidence, "addresses")) {
    if (host.data === null || !hosts.includes(host.subject.host ?? "")) continue;
    const missing = [host.data.ipv4, host.data.ipv6].find((fact) => !fact.known);
    if (missing?.known === false && missing.cause.failure !== undefined) return { host, missing };
  }
  return undefined;
}

/**
 * Whether no address answers; a host or address that was not visited, was left out by the user or
 * could not be looked up leaves it open.
 */
function everyLost(members: readonly Member[], evidence: Evidence, route: Route): Fact<boolean> {
  const lost = every(
    members.map(({ state }) => usable(state)),
    (value) => !value,
  );
  if (!lost.known || !lost.value) return lost;
  const unseen = unseenAddresses(evidence, route);
  if (unseen !== undefined) return unseen.missing;
  const hellos = observationsOf(evidence, "smtp-hello");
  const visited = new Set(hellos.map(({ subject }) => subject.host ?? subject.ip));
  const omitted =
    (route.mxSet?.data.omitted ?? 0) > 0 ||
    route.hosts.some((host) => !visited.has(host)) ||
    observationsOf(evidence, "addresses").some(
      ({ data, subject }) =>
        data !== null && data.omitted > 0 && route.hosts.includes(subject.host ?? ""),
    );
  if (omitted) return unknown("budget");
  const switchedOff = hellos.some(
    ({ skipReason, subject }) =>
      skipReason === "not-requested" && route.hosts.includes(subject.host ?? ""),
  );
  return switchedOff ? unknown("not-requested") : lost;
}

function usable(state: AddressState): Fact<boolean> {
  return state.kind === "unknown" ? state.because : known(state.kind === "alive");
}

function judgeAddress({ subject }: Hello, state: AddressState) {
  const { port = 25 } = subject;
  const server = serverOf(subject);
  switch (state.kind) {
    case "alive":
      return pass();
    case "unknown":
      return cannotTell(state.because);
    case "left-out":
      return notApplicable();
    case "dead":
      return state.heard === undefined
        ? problem("dead", { server, why: state.why, port })
        : problem("wrong-protocol", {
            server,
            heard: state.heard,
            port,
            expected: expectedOn(port),
          });
  }
}

function expectedOn(port: number): string {
  return serviceOnPort(port)?.security === "implicit"
    ? "SMTP inside TLS"
    : "the greeting of an SMTP server";
}

function subjectOf({ name, mxSet }: Route, port: number | undefined): Subject {
  if (mxSet !== undefined) return { domain: name };
  return port === undefined ? { host: name } : { host: name, port };
}

/** "mx1.example.com (192.0.2.1): connection refused" for each address. */
function reasonsOf(members: readonly Member[]): readonly string[] {
  return members.flatMap(({ hello, state }) => {
    if (state.kind !== "dead") return [];
    const why = state.heard === undefined ? state.why : `it speaks ${state.heard}`;
    return [`${serverOf(hello.subject)}: ${why}`];
  });
}
