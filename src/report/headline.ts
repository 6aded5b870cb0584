import type { Check, Message } from "../core/check.ts";
import type { Evidence } from "../core/evidence.ts";
import { isFact } from "../core/observation.ts";
import { severities, type Finding } from "../core/finding.ts";
import type { RootCause } from "../core/report.ts";
import type { Target } from "../core/target.ts";
import { count, fillTemplate, joinList } from "../core/text.ts";

export interface HeadlineInput {
  readonly target: Target;
  readonly exam: string;
  readonly findings: readonly Finding[];
  readonly rootCauses: readonly RootCause[];
  readonly checks: readonly Check[];
  readonly evidence: Evidence;
}

/** The findings of one message of one check, which share a clause. */
interface Group {
  readonly message: Message;
  readonly findings: readonly Finding[];
  readonly rank: number;
}

/**
 * The verdict sentence: whether mail arrives, and the worst that is wrong. Never says "arrives"
 * without a server that took a recipient, and never "does not" where it could not be told.
 */
export function headline(input: HeadlineInput): string {
  const groups = groupProblems(input);
  const fatal = groups.find(({ message }) => message.undeliverable === true);
  const serious = groups.filter(({ message }) => message.severity !== "note");
  if (fatal !== undefined) {
    const rest = serious.filter((group) => group !== fatal);
    return `${mainClause(input, "lost")}: ${clause(fatal, input)}${more(rest.length)}`;
  }
  const cause = input.rootCauses[0];
  const state = stateOf(input);
  const open = state === "unknown" ? cause : undefined;
  const main = mainClause(input, state);
  const worst = serious[0];
  if (open !== undefined) {
    const doubt = `${main}: ${lowerFirst(open.text)}`;
    return worst === undefined
      ? doubt
      : `${main}, and ${clause(worst, input)}${more(serious.length - 1)}`;
  }
  if (worst === undefined)
    return cause === undefined
      ? main + (state === "dns-only" && input.exam !== "route" ? "; none was contacted" : "")
      : `${main}; not everything could be told: ${lowerFirst(cause.text)}`;
  return `${main}, but ${clause(worst, input)}${more(serious.length - 1)}`;
}

type State = "lost" | "unknown" | "answers" | "arrives" | "no-mail" | "dns-only";

function mainClause({ target, exam, evidence }: HeadlineInput, state: State): string {
  const name = nameOf(target);
  if (exam === "handshake") return handshakeClause(name, state);
  if (exam === "route" && state === "dns-only") return routeClause(name, evidence);
  switch (state) {
    case "lost":
      return `Mail to ${name} is lost`;
    case "unknown":
      return `Could not tell whether mail to ${name} arrives`;
    case "no-mail":
      return `${name} accepts no mail and says so (null MX)`;
    case "dns-only":
      return `The DNS of ${name} names its mail servers`;
    case "answers":
      return `The mail servers of ${name} answer`;
    case "arrives":
      return `Mail to ${name} arrives`;
  }
}

/** Both forms of an internationalised name: one of them alone may pass for another domain. */
function nameOf({ unicode, domain }: Target): string {
  return unicode === domain ? domain : `${unicode} (${domain})`;
}

function handshakeClause(name: string, state: State): string {
  switch (state) {
    case "lost":
      return `${name} cannot be reached`;
    case "unknown":
      return `Could not tell how ${name} answers`;
    case "no-mail":
      return `${name} accepts no mail and says so (null MX)`;
    default:
      return `${name} speaks SMTP`;
  }
}

function routeClause(name: string, evidence: Evidence): string {
  const hosts = evidence.all("mx-set").flatMap(({ data }) => (data?.["hosts"] ?? []) as string[]);
  return `Mail to ${name} goes to ${joinList(hosts, 4)}`;
}

/** How far the evidence carries the claim that mail arrives. */
function stateOf({ exam, evidence }: HeadlineInput): State {
  const mx = evidence.all("mx-set")[0]?.data;
  const records = mx?.["records"];
  if (isFact(records) && records.known) {
    const list = records.value as readonly { exchange: string }[];
    if (list.length === 1 && list[0]?.exchange === ".") return "no-mail";
  }
  const hellos = evidence.all("smtp-hello");
  const asked = hellos.filter(({ skipReason }) => skipReason !== "not-requested");
  if (exam === "route" || (hellos.length > 0 && asked.length === 0))
    return mx !== undefined && mx !== null && isFact(records) && !records.known
      ? "unknown"
      : "dns-only";
  const greeted = asked.some(({ data }) => isKnown(data?.["hello"]));
  if (!greeted) return "unknown";
  const taken = evidence.all("smtp-envelope").some(({ data }) => acceptsRecipient(data));
  return taken ? "arrives" : "answers";
}

function isKnown(fact: unknown): boolean {
  return isFact(fact) && fact.known;
}

function acceptsRecipient(data: Readonly<Record<string, unknown>> | null): boolean {
  const postmaster = data?.["postmaster"];
  const random = data?.["unknownRecipient"];
  const replies = [
    isFact(postmaster) && postmaster.known ? (postmaster.value as { code: number }) : undefined,
    isFact(random) && random.known
      ? (random.value as { reply: { code: number } }).reply
      : undefined,
  ];
  return replies.some((reply) => reply !== undefined && Math.floor(reply.code / 100) === 2);
}

function groupProblems({ findings, checks }: HeadlineInput): Group[] {
  const groups = new Map<string, { message: Message; findings: Finding[]; rank: number }>();
  for (const finding of findings) {
    if (finding.message === undefined) continue;
    const order = checks.findIndex(({ id }) => id === finding.checkId);
    const message = checks[order]?.messages[finding.message];
    if (message === undefined) continue;
    const key = `${finding.checkId}:${finding.message}`;
    const group = groups.get(key);
    const rank = (severities.length - severities.indexOf(message.severity)) * 1000 + order;
    if (group === undefined) groups.set(key, { message, findings: [finding], rank });
    else group.findings.push(finding);
  }
  return [...groups.values()].toSorted((a, b) => a.rank - b.rank);
}

/** The clause with `{who}`: "mx1.example.com", "two of three servers", "both servers". */
function clause({ message, findings }: Group, { evidence }: HeadlineInput): string {
  const first = findings[0];
  const names = [
    ...new Set(findings.map(({ subject }) => subject.host ?? subject.ip ?? subject.domain ?? "")),
  ];
  const sets = evidence.all("mx-set").map(({ data }) => data);
  const hosts = new Set(sets.flatMap((data) => (data?.["hosts"] ?? []) as readonly string[]));
  // Those beyond the limit count: nothing may be said of "all" servers where some were not visited.
  const omitted = sets.reduce((sum, data) => sum + Number(data?.["omitted"] ?? 0), 0);
  const areHosts = names.every((name) => hosts.has(name));
  const who = areHosts ? someOf(names, hosts.size + omitted) : joinList(names, 3);
  const template = message.clause
    .replaceAll(/\{who:([^|{}]*)\|([^{}]*)\}/g, names.length === 1 ? "$1" : "$2")
    .replaceAll("{who}", () => who.replaceAll("{", "("));
  return fillTemplate(template, first?.data ?? {});
}

function someOf(names: readonly string[], total: number): string {
  const [only = ""] = names;
  if (total === 1 || (names.length === 1 && total > numerals.length)) return only;
  if (names.length === 1) return `one of ${numeral(total)} servers (${only})`;
  if (names.length < total) return `${numeral(names.length)} of ${numeral(total)} servers`;
  return total === 2 ? "both servers" : `all ${numeral(total)} servers`;
}

const numerals = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
];

function numeral(n: number): string {
  return numerals[n] ?? String(n);
}

function more(n: number): string {
  return n > 0 ? `; ${count(n, "more problem")} below` : "";
}

/** A sentence continued after a colon begins small; host names and acronyms stay as they are. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]* /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
