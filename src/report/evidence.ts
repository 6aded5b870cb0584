import type { DnsAnswer } from "../core/dns.ts";
import type { Finding } from "../core/finding.ts";
import type { Observation } from "../core/observation.ts";
import type { Report } from "../core/report.ts";
import { isFact } from "../core/observation.ts";
import type { KindMap } from "../probes/kinds.ts";
import { drawAnswer } from "./answers.ts";
import { drawDialogue, type DialogueLine } from "./dialogue.ts";

/** One line of the bytes behind a finding; `label` stands before it. */
export interface EvidenceLine {
  readonly label: string;
  readonly text: string;
}

/** Lines of a finding's evidence; the whole is in the JSON report and with `-v`. */
const most = 3;

/**
 * Returns at most three lines of what was seen, from the first cited observation that has any: the
 * certificate for a finding about it, the command and reply in question, or the DNS answers.
 */
export function evidenceOf(finding: Finding, report: Report): EvidenceLine[] {
  const cited = finding.cites
    .map((id) => report.observations.find((observation) => observation.id === id))
    .filter((observation) => observation !== undefined);
  for (const observation of cited) {
    const lines = linesOf(finding, observation);
    if (lines.length > 0) return lines.slice(0, most);
  }
  return [];
}

function linesOf(finding: Finding, observation: Observation): EvidenceLine[] {
  const tls = finding.checkId.startsWith("tls/") ? tlsLines(observation) : [];
  if (tls.length > 0) return tls;
  const dialogue = drawDialogue(observation.transcript ?? []);
  if (dialogue.length > 0) return excerpt(finding, dialogue);
  return answersOf(observation)
    .slice(0, most)
    .map((answer) => ({ label: "", text: `DNS: ${drawAnswer(answer)}` }));
}

/** The DNS answers in the data of an observation; empty for kinds without any. */
export function answersOf(observation: Observation): readonly DnsAnswer[] {
  const answers = observation.data?.["answers"];
  return Array.isArray(answers) ? (answers as readonly DnsAnswer[]) : [];
}

function tlsLines(observation: Observation): EvidenceLine[] {
  if (observation.kind !== "smtp-hello") return [];
  const fact = (observation.data as Partial<KindMap["smtp-hello"]> | null)?.tls;
  if (!isFact(fact) || !fact.known) return [];
  const { version, cipher, chain, trusted, trustError } = fact.value;
  const lines = [{ label: "", text: `TLS: ${version} ${cipher}` }];
  const [leaf] = chain;
  if (leaf === undefined) return lines;
  const names = [...leaf.dnsNames, ...leaf.ipAddresses].slice(0, 5).join(", ") || "none";
  const trust = trusted ? "trusted" : `not trusted (${trustError ?? "unknown reason"})`;
  const validity = `valid ${day(leaf.notBefore)} to ${day(leaf.notAfter)}`;
  lines.unshift({
    label: "",
    text: `Certificate: ${leaf.subject}, names ${names}; issued by ${leaf.issuer}; ${validity}; ${trust}`,
  });
  return lines;
}

/** "2026-01-31T…" without the time. */
export function day(iso: string): string {
  return iso.slice(0, 10);
}

/** What the words of a check's id say about the command that it judges. */
const commandOf: readonly (readonly [word: RegExp, command: RegExp])[] = [
  [/command-injection/, /^(MAILDOCTOR|NOOP)\b/i],
  [/vrfy/, /^VRFY\b/i],
  [/expn/, /^EXPN\b/i],
  [/starttls/, /^(STARTTLS|EHLO)\b/i],
  [/postmaster/, /^RCPT TO:<postmaster@/i],
  [/null-sender|bounce/, /^MAIL FROM:<>/i],
  [/relay/, /^RCPT TO:/i],
  [/recipient|catch-all/, /^RCPT TO:<maildoctor-/i],
  [/hello|ehlo|extension/, /^(EHLO|HELO)\b/i],
];

/**
 * The command that the finding is about with the end of its reply; else the end of the
 * conversation without our good-bye.
 */
function excerpt(finding: Finding, dialogue: readonly DialogueLine[]): DialogueLine[] {
  if (/greeting/.test(finding.checkId)) {
    const first = dialogue.findIndex(({ entry }) => entry.from === "S");
    if (first >= 0) return exchangeFrom(dialogue, first);
  }
  const command = commandOf.find(([word]) => word.test(finding.checkId))?.[1];
  const at = dialogue.findLastIndex(
    ({ entry }) => entry.from === "C" && command?.test(entry.text) === true,
  );
  if (at >= 0) return exchangeFrom(dialogue, at);
  const quit = dialogue.findLastIndex(
    ({ entry }) => entry.from === "C" && /^QUIT\b/i.test(entry.text),
  );
  return dialogue.slice(0, quit > 0 ? quit : dialogue.length).slice(-most);
}

/** The line at `start` and the last lines before the next thing that we said. */
function exchangeFrom(dialogue: readonly DialogueLine[], start: number): DialogueLine[] {
  const next = dialogue.findIndex(({ entry }, index) => index > start && entry.from === "C");
  const exchange = dialogue.slice(start, next < 0 ? dialogue.length : next);
  return exchange.length <= most
    ? [...exchange]
    : [...exchange.slice(0, 1), ...exchange.slice(1 - most)];
}
