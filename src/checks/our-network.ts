import type { Evidence } from "../core/evidence.ts";
import { formatEndpoint, ipFamily } from "../core/ip.ts";
import type { Observation } from "../core/observation.ts";
import { joinList } from "../core/text.ts";
import { answersElsewhere, portReach } from "./reach.ts";

/** One root cause in words. */
export interface Explained {
  /** Findings with the same key share one root cause. */
  readonly key: string;
  readonly text: string;
  readonly advice: string;
}

/**
 * Our own blocked port 25 and our own missing IPv6: one cause for however many addresses. Undefined
 * where the failure to connect says nothing of our network.
 */
export function explainOurNetwork(
  observation: Observation,
  code: string,
  evidence: Evidence,
): Explained | undefined {
  const { port = 25 } = observation.subject;
  const family = ipFamily(observation.subject.ip ?? "") === 6 ? 6 : 4;
  const alike = evidence
    .all(observation.kind)
    .filter(
      ({ failure, subject }) => failure?.code === code && ipFamily(subject.ip ?? "") === family,
    );
  const shown = joinList(
    alike.map(({ subject }) => formatEndpoint(subject.ip ?? "", subject.port ?? 25)),
    3,
  );
  if (code === "connect-unreachable")
    return {
      key: `unreachable:${family}`,
      text: `This machine has no IPv${family} route to ${shown}, so what answers there is not known`,
      advice:
        family === 6
          ? "Run the check from a network with IPv6, or leave IPv6 out with -4."
          : "Run the check from a network with IPv4, or leave IPv4 out with -6.",
    };
  // Networks close port 25, and no other that is asked here.
  if (code !== "connect-timeout" || port !== 25) return undefined;
  const reach = portReach(evidence, family);
  if (reach === "open") return undefined;
  const travels = alike.some(({ subject }) => answersElsewhere(evidence, subject.ip ?? ""));
  if (family === 6) return explainIpv6(shown, travels);
  return reach === "blocked"
    ? {
        key: "blocked:25",
        text: `Port 25 seems to be blocked from here: every attempt timed out (${shown})`,
        advice:
          "Run the check from a server whose provider lets port 25 out, or name a server that you know to answer with --control HOST.",
      }
    : {
        key: "timeout:25",
        text: `No answer on port 25 (${shown} timed out); whether the server is down or this network blocks port 25 cannot be told from here`,
        advice:
          "Name a server that you know to answer on port 25 with --control HOST, or run the check from another network.",
      };
}

/** Silence over IPv6; `travels` where other ports of a silent address answer. */
function explainIpv6(shown: string, travels: boolean): Explained {
  if (travels)
    return {
      key: "blocked:25:6",
      text: `Port 25 seems to be blocked from here over IPv6: every attempt timed out (${shown}), although other ports there answer`,
      advice:
        "Name a server that you know to answer on port 25 over IPv6 with --control [ADDRESS], or leave IPv6 out with -4.",
    };
  return {
    key: "timeout:6",
    text: `No connection over IPv6 succeeded (${shown} timed out), so it may be this network that has no working IPv6`,
    advice:
      "Run the check from a network with IPv6, name a server that you know to answer over IPv6 with --control [ADDRESS], or leave IPv6 out with -4.",
  };
}
