import type { Evidence } from "../core/evidence.ts";
import type { Fact } from "../core/fact.ts";
import { ipFamily, networkOf } from "../core/ip.ts";
import type { ObservationOf } from "../probes/kinds.ts";
import { observationsOf } from "./define-check.ts";

/**
 * What is known of port 25 as seen from here, in one address family.
 * open: something out there answered, so a timeout is the other side's. blocked: nothing ever
 * answers, in a way that speaks for our own network. no-route: this machine lacks the family.
 * unclear: too little was seen to say.
 */
export type PortReach = "open" | "blocked" | "no-route" | "unclear";

type Hello = ObservationOf<"smtp-hello">;

/** Judges from all sessions and controls of the report whether port 25 can be reached from here. */
export function portReach(evidence: Evidence, family: 4 | 6): PortReach {
  const tries = observationsOf(evidence, "smtp-hello")
    .filter(({ subject }) => subject.port === 25 && ipFamily(subject.ip ?? "") === family)
    .flatMap(attempt);
  if (tries.some(({ outcome }) => outcome === "answered") || controlAnswers(evidence, family))
    return "open";
  // An attempt of which nothing is known forbids every claim about all of them.
  if (tries.length === 0 || tries.some(({ outcome }) => outcome === "unknown")) return "unclear";
  if (tries.every(({ outcome }) => outcome === "unreachable")) return "no-route";
  const silent = tries.filter(({ outcome }) => outcome === "timeout");
  if (family === 6 && silent.length > 0 && hasNoRoute(evidence)) return "no-route";
  if (silent.length < tries.length) return "unclear";
  if (new Set(silent.map(({ ip }) => networkOf(ip))).size >= 2) return "blocked";
  return silent.some(({ ip }) => answersElsewhere(evidence, ip)) ? "blocked" : "unclear";
}

interface Attempt {
  readonly ip: string;
  readonly outcome: "answered" | "timeout" | "unreachable" | "unknown";
}

function attempt({ data, subject }: Hello): Attempt[] {
  if (data === null) return [];
  return [{ ip: subject.ip ?? "", outcome: outcomeOf(data.connected) }];
}

function outcomeOf(connected: Fact<boolean>): Attempt["outcome"] {
  if (connected.known) return connected.value ? "answered" : "unknown";
  switch (connected.cause.failure?.code) {
    case "connect-refused":
    case "connect-reset":
      return "answered";
    case "connect-timeout":
      return "timeout";
    case "connect-unreachable":
      return "unreachable";
    default:
      return "unknown";
  }
}

function controlAnswers(evidence: Evidence, family: 4 | 6): boolean {
  return observationsOf(evidence, "port-control").some(
    ({ data, subject }) =>
      data?.reason === "control" &&
      subject.port === 25 &&
      ipFamily(subject.ip ?? "") === family &&
      isTrue(data.reachable),
  );
}

/** Whether another port of the address is known to answer. */
export function answersElsewhere(evidence: Evidence, ip: string): boolean {
  return observationsOf(evidence, "port-control").some(
    ({ data, subject }) =>
      data?.reason === "same-address" && subject.ip === ip && isTrue(data.reachable),
  );
}

function hasNoRoute(evidence: Evidence): boolean {
  return observationsOf(evidence, "environment").some(({ data }) => data?.ipv6Route === false);
}

function isTrue(fact: Fact<boolean>): boolean {
  return fact.known && fact.value;
}
