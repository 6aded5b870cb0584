import type { Evidence } from "../core/evidence.ts";
import type { Cause } from "../core/fact.ts";
import { failureTitle, type Failure } from "../core/failure.ts";
import type { Finding } from "../core/finding.ts";
import type { Observation } from "../core/observation.ts";
import type { RootCause } from "../core/report.ts";
import { classifyRefusal, type Refusal } from "../knowledge/refusal.ts";
import { explainOurNetwork, type Explained } from "./our-network.ts";
import { refusalSentence } from "./refused.ts";

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
    advice: adviceOn(failure),
  };
}

/** What to try: by the reason that the server gave, else by what happened. */
function adviceOn({ code, message, reply }: Failure): string {
  if (message.includes("greylist")) return advice["greylisting"] ?? "";
  if (reply === undefined) return advice[code] ?? "";
  if (reply.code < 400) return "";
  const refusal = classifyRefusal(reply);
  const isLimit = refusal === "rate-limit" || reply.code >= 500;
  return adviceOnRefusal[refusal] ?? (isLimit ? advice[code] : advice["temporary"]) ?? "";
}

/** The message, or a phrase in its place where the message is the reply, which stands beside it. */
function withoutReply({ code, message, reply, stage }: Failure): string {
  const [line] = reply?.lines ?? [];
  if (reply === undefined || line === undefined || !message.includes(line)) return message;
  if (code === "rate-limited") return "the server asks this client to come back later";
  return stage === "greeting" || stage === "hello"
    ? "the server refuses to serve this client"
    : (refusalSentence(reply) ?? failureTitle[code]);
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

const adviceOnRefusal: Readonly<Partial<Record<Refusal, string>>> = {
  "null-sender": "The null sender is that of bounces: accept MAIL FROM:<>.",
  "second-recipient": "This is no fault; the question needed a second recipient.",
  "sender-domain":
    "The sender's domain must exist and take mail: run the check with --ehlo-name and the name of a mail server of yours.",
  "auth-required":
    "A server that takes mail for a domain must take it from strangers, without a login: look at the rules of its listener on port 25.",
};

const hungUp =
  "The server may be down behind a proxy, or refuse this client without saying so; look at its log, or run the check from a mail server.";

const advice: Readonly<Record<string, string>> = {
  "connect-timeout":
    "The server is down, or a firewall on the way drops the packets: look at the server, or try from another network.",
  "closed-early": hungUp,
  "connect-reset": hungUp,
  greylisting:
    "Run the check again in some minutes from here: a server that greylists lets a client in the second time.",
  temporary: "Run the check again later; where it stays so, the reason stands in the server's log.",
  "rate-limited": "The server limits connections from here; wait and run the check again.",
  refused:
    "The server refuses this client, perhaps because of the address's reputation or its reverse name; run the check from a mail server.",
  "read-timeout":
    "The server accepted the connection and stayed silent; look at its log, or try again with a longer --timeout.",
  desync: "What the server said cannot be matched with what it was asked.",
};
