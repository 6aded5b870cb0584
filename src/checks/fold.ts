import type { Evidence } from "../core/evidence.ts";
import type { Cause } from "../core/fact.ts";
import { failureTitle, type Failure } from "../core/failure.ts";
import type { Finding } from "../core/finding.ts";
import { formatEndpoint, ipFamily } from "../core/ip.ts";
import type { Observation } from "../core/observation.ts";
import type { RootCause } from "../core/report.ts";
import { joinList } from "../core/text.ts";
import { portReach } from "./reach.ts";

interface Explained {
  /** Findings with the same key share one root cause. */
  readonly key: string;
  readonly text: string;
  readonly advice: string;
}

/** Folds the inconclusive findings into their root causes, the one behind most of them first. */
export function foldRootCauses(
  findings: readonly Finding[],
  evidence: Evidence,
): readonly RootCause[] {
  const groups = new Map<string, { cause: RootCause; checkIds: Set<string>; size: number }>();
  for (const finding of findings) {
    if (finding.verdict !== "inconclusive" || finding.because === undefined) continue;
    const { observation: id, cause } = finding.because;
    const observation = evidence.byId(id);
    if (observation === undefined) continue;
    const { key, text, advice } = explain(observation, cause, evidence);
    const group = groups.get(key);
    if (group !== undefined) {
      group.checkIds.add(finding.checkId);
      group.size += 1;
    } else {
      const root = { observation: id, cause, text, advice, checkIds: [] };
      groups.set(key, { cause: root, checkIds: new Set([finding.checkId]), size: 1 });
    }
  }
  return [...groups.values()]
    .toSorted((a, b) => b.size - a.size)
    .map(({ cause, checkIds }) => ({ ...cause, checkIds: [...checkIds] }));
}

function explain(observation: Observation, cause: Cause, evidence: Evidence): Explained {
  if (cause.failure === undefined) return explainSkip(cause.skipped);
  const { failure } = cause;
  if (failure.code === "deadline" || failure.code === "aborted") return explainSkip(failure.code);
  if (failure.stage === "connect") {
    const ours = explainOurNetwork(observation, failure.code, evidence);
    if (ours !== undefined) return ours;
  }
  if (failure.stage === "resolve")
    return {
      key: `${failure.code}:${zoneOf(observation, evidence)}`,
      text: failure.message.charAt(0).toUpperCase() + failure.message.slice(1),
      advice:
        dnsAdvice[failure.code] ?? "Ask again later, or ask another resolver with --resolver.",
    };
  const { subject } = observation;
  const where = subject.host ?? subject.ip ?? subject.domain ?? "";
  return {
    key: `${failure.code}:${where}:${failure.reply?.code ?? ""}`,
    text: `${where}: ${withoutReply(failure)}`,
    advice: advice[failure.message.includes("greylist") ? "greylisting" : failure.code] ?? "",
  };
}

/** The message, or a phrase in its place where the message is the reply, which stands beside it. */
function withoutReply({ code, message, reply, stage }: Failure): string {
  const [line] = reply?.lines ?? [];
  if (line === undefined || !message.includes(line)) return message;
  if (code === "rate-limited") return "the server asks this client to come back later";
  return stage === "greeting" || stage === "hello"
    ? "the server refuses to serve this client"
    : failureTitle[code];
}

/**
 * What a failed question was about, so that the MX, SPF and DMARC questions of one broken zone are
 * one cause: the domain for every name in it, else the name or address itself.
 */
function zoneOf({ subject }: Observation, evidence: Evidence): string {
  const name = subject.domain ?? subject.host ?? subject.ip ?? "";
  const domains = evidence.all("mx-set").map((set) => set.subject.domain ?? "");
  return domains.find((domain) => name === domain || name.endsWith(`.${domain}`)) ?? name;
}

/** Our own blocked port 25 and our own missing IPv6: one cause for however many addresses. */
function explainOurNetwork(
  observation: Observation,
  code: string,
  evidence: Evidence,
): Explained | undefined {
  const family = ipFamily(observation.subject.ip ?? "") === 6 ? 6 : 4;
  const reach = portReach(evidence, family);
  const addresses = evidence
    .all(observation.kind)
    .filter(
      ({ failure, subject }) => failure?.code === code && ipFamily(subject.ip ?? "") === family,
    )
    .map(({ subject }) => formatEndpoint(subject.ip ?? "", subject.port ?? 25));
  if (code === "connect-unreachable")
    return {
      key: `unreachable:${family}`,
      text: `This machine has no IPv${family} route to ${joinList(addresses, 3)}, so what answers there is not known`,
      advice:
        family === 6
          ? "Run the check from a network with IPv6, or leave IPv6 out with -4."
          : "Run the check from a network with IPv4, or leave IPv4 out with -6.",
    };
  if (code !== "connect-timeout" || reach === "open") return undefined;
  if (family === 6)
    return {
      key: "timeout:6",
      text: `No connection over IPv6 succeeded (${joinList(addresses, 3)} timed out), so it may be this network that has no working IPv6`,
      advice: "Run the check from a network with IPv6, or leave IPv6 out with -4.",
    };
  return reach === "blocked"
    ? {
        key: "blocked:25",
        text: `Port 25 seems to be blocked from here: every attempt timed out (${joinList(addresses, 3)})`,
        advice:
          "Run the check from a server whose provider lets port 25 out, or name a server that you know to answer with --control HOST.",
      }
    : {
        key: "timeout:25",
        text: `No answer on port 25 (${joinList(addresses, 3)} timed out); whether the server is down or this network blocks port 25 cannot be told from here`,
        advice:
          "Name a server that you know to answer on port 25 with --control HOST, or run the check from another network.",
      };
}

function explainSkip(reason: string | undefined): Explained {
  const [text, help] = skips[reason ?? ""] ?? ["Something before it was not examined", ""];
  return { key: `skip:${reason}`, text, advice: help };
}

const skips: Readonly<Record<string, readonly [text: string, advice: string]>> = {
  deadline: [
    "The time limit of the examination was reached before everything was seen",
    "Give it more time with --deadline SECONDS.",
  ],
  aborted: ["The examination was interrupted before everything was seen", "Run it again."],
  budget: [
    "More questions would have been needed than one polite session may ask",
    "Examine the host on its own with maildoctor smtp HOST:25.",
  ],
};

const dnsAdvice: Readonly<Record<string, string>> = {
  "dns-servfail":
    "The zone's name servers or its DNSSEC signatures are broken, or the resolver could not reach them; compare with another resolver (--resolver).",
  "dns-refused": "The resolver does not serve you; name another one with --resolver.",
  "dns-timeout": "Check the resolver and the network, or name another resolver with --resolver.",
};

const advice: Readonly<Record<string, string>> = {
  greylisting:
    "Run the check again in some minutes from here: a server that greylists lets a client in the second time.",
  "rate-limited": "The server limits connections from here; wait and run the check again.",
  refused:
    "The server refuses this client, perhaps because of the address's reputation or its reverse name; run the check from a mail server.",
  "read-timeout":
    "The server accepted the connection and stayed silent; look at its log, or try again with a longer --timeout.",
  desync: "What the server said cannot be matched with what it was asked.",
};
