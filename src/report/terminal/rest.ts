import type { Report } from "../../core/report.ts";
import { count, joinList } from "../../core/text.ts";
import type { KindMap } from "../../probes/kinds.ts";
import { topicsOf } from "../topics.ts";
import { nameSubjects } from "../subjects.ts";
import { body, entry } from "./columns.ts";
import { blank, type Line } from "./layout.ts";

/** What could not be told, one entry for each root cause. */
export function unknownLines(report: Report, verbose: boolean): Line[] {
  return report.summary.rootCauses.flatMap(({ text, advice, checkIds, cause }) => {
    const { reply } = cause.failure ?? {};
    const said =
      reply?.lines.map((line) => body(`<-  ${reply.code} ${line}`, { label: "| " })) ?? [];
    const ids = [...new Set(checkIds)];
    const what = verbose ? ids.join(", ") : topicsOf(ids);
    return [
      blank,
      { ...entry("UNKNOWN", "unknown", text), tone: "plain" as const },
      ...said.slice(0, 3),
      ...(advice === "" ? [] : [body(advice, { label: "Try: " })]),
      body(`${count(ids.length, "check")} could not tell: ${what}`, { tone: "dim" }),
    ];
  });
}

/** The checks that passed everywhere, in one line; by name when verbose. */
export function passedLines(report: Report, verbose: boolean): Line[] {
  const { passed, skipped } = standings(report);
  if (passed.length === 0) return [];
  const rooms = verbose ? passed.join(", ") : topicsOf(passed);
  const lines = [{ ...entry("PASSED", "good", `${count(passed.length, "check")}: ${rooms}`) }];
  if (verbose && skipped.length > 0) lines.push(entry("SKIPPED", "dim", skipped.join(", ")));
  return [blank, ...lines.map((line) => ({ ...line, tone: "plain" as const }))];
}

/** Check ids that passed for every subject judged, and those that applied to none. */
function standings({ findings }: Report): { passed: string[]; skipped: string[] } {
  const verdicts = new Map<string, Set<string>>();
  for (const { checkId, verdict } of findings) {
    const set = verdicts.get(checkId) ?? new Set<string>();
    verdicts.set(checkId, set.add(verdict));
  }
  const passed: string[] = [];
  const skipped: string[] = [];
  for (const [id, set] of verdicts) {
    if (set.has("problem") || set.has("inconclusive")) continue;
    (set.has("pass") ? passed : skipped).push(id);
  }
  return { passed, skipped };
}

/** What was examined, by whom and in which time. */
export function footerLines(report: Report): Line[] {
  const visited = report.observations.filter(
    ({ kind, outcome }) => kind === "smtp-hello" && outcome !== "skipped",
  );
  const hosts = new Set(visited.map(({ subject }) => subject.host ?? subject.ip));
  const parts = [
    visited.length === 0
      ? sessionsLeftOut(report)
      : `${count(hosts.size, "server")} at ${count(visited.length, "address", "addresses")}`,
    `${(report.durationMs / 1000).toFixed(1)} s`,
  ];
  const { resolvers = [], dnssecTrusted } = environmentOf(report) ?? {};
  if (resolvers.length > 0) parts.push(`DNS by ${joinList(resolvers)}`);
  if (dnssecTrusted === false) parts.push("DNSSEC not judged (see --trust-ad)");
  const lines = [blank, { text: parts.filter((part) => part !== "").join(" · "), tone: "dim" }];
  if (report.summary.ended === "deadline") lines.push(cutShort("The time limit was reached"));
  if (report.summary.ended === "aborted") lines.push(cutShort("Interrupted"));
  return lines as Line[];
}

/** Says so where servers are known and the user wanted none of them visited. */
function sessionsLeftOut({ observations }: Report): string {
  const left = observations.some(
    ({ kind, skipReason }) => kind === "smtp-hello" && skipReason === "not-requested",
  );
  return left ? "no server contacted" : "";
}

function cutShort(why: string): Line {
  return { text: `${why}; the report covers what was seen until then.`, tone: "unknown" };
}

function environmentOf(report: Report): Partial<KindMap["environment"]> | undefined {
  const seen = report.observations.find(({ kind }) => kind === "environment");
  return seen?.data ?? undefined;
}

/** The name of what was examined, both forms of an internationalised name. */
export function targetName({ target }: Report): string {
  const { domain, unicode, host, port } = target;
  if (target.kind === "service")
    return nameSubjects([{ host: host ?? domain }]) + (port ? `:${port}` : "");
  return unicode === domain ? domain : `${unicode} (${domain})`;
}
