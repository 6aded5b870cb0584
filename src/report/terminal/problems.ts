import type { Finding, Severity, ZoneRecord } from "../../core/finding.ts";
import { severities } from "../../core/finding.ts";
import type { Report } from "../../core/report.ts";
import { evidenceOf } from "../evidence.ts";
import { nameSubjects } from "../subjects.ts";
import { body, entry } from "./columns.ts";
import { blank, type Line } from "./layout.ts";

/** Sentences and remedies of one group that are shown before "and n more". */
const most = 5;

const words: Readonly<Record<Severity, string>> = {
  error: "ERROR",
  warning: "WARNING",
  note: "NOTE",
};

/** The problems of a report, worst first, one entry for the hosts that share one. */
export function problemLines(report: Report): Line[] {
  return groupProblems(report.findings).flatMap((group) => [blank, ...entryLines(group, report)]);
}

type Group = readonly [Finding, ...Finding[]];

/** Problems of the same check and message, the most severe groups first. */
export function groupProblems(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    if (finding.verdict !== "problem") continue;
    const key = `${finding.checkId}:${finding.message ?? ""}:${finding.severity ?? ""}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const rank = ([{ severity = "note" }]: Group): number => severities.indexOf(severity);
  return [...groups.values()].toSorted((a, b) => rank(b) - rank(a));
}

function entryLines(group: Group, report: Report): Line[] {
  const [first] = group;
  const severity = first.severity ?? "note";
  const subjects = nameSubjects(group.map(({ subject }) => subject));
  const records = uniqueRecords(group);
  return [
    entry(words[severity], severity, subjects),
    ...sentences(group.map(({ text }) => text)),
    ...sentences(
      group.map(({ fix }) => fix),
      "Fix: ",
    ),
    ...(records.length === 0 ? [] : [body("Record to publish:")]),
    ...records.map((record) => body(`  ${recordLine(record)}`, { whole: true })),
    ...evidenceOf(first, report).map(({ label, text }) =>
      body(text, { label: `| ${label}`, labelTone: "dim" }),
    ),
    body(first.message === undefined ? first.checkId : `${first.checkId}:${first.message}`, {
      tone: "dim",
      whole: true,
    }),
  ];
}

function sentences(texts: readonly string[], label?: string): Line[] {
  const unique = [...new Set(texts)].filter((text) => text !== "");
  const mark = (text: string, index: number): Line => {
    const marked = unique.length > 1 && label === undefined ? "- " : label;
    if (marked === undefined) return body(text);
    return body(text, { label: index === 0 || label === undefined ? marked : " ".repeat(5) });
  };
  const shown = unique.slice(0, most).map((text, index) => mark(text, index));
  if (unique.length > most) shown.push(body(`and ${unique.length - most} more`));
  return shown;
}

function uniqueRecords(group: Group): ZoneRecord[] {
  const records = group.flatMap((finding) => finding.records ?? []);
  return [...new Map(records.map((record) => [recordLine(record), record])).values()];
}

/** A record as a zone file holds it. spec: RFC 1035 5.1 */
export function recordLine({ name, type, value }: ZoneRecord): string {
  const owner = name.endsWith(".") ? name : `${name}.`;
  const text = type === "TXT" && !value.startsWith('"') ? `"${value}"` : value;
  return `${owner} IN ${type} ${text}`;
}
