import type { Observation } from "../../core/observation.ts";
import type { Report } from "../../core/report.ts";
import { criticalPath, endOf } from "../critical-path.ts";
import { slowestServer } from "../slowest-server.ts";
import { nameSubjects } from "../subjects.ts";
import type { Style } from "../reporter.ts";
import { blank, type Line } from "./layout.ts";
import { cutToWidth } from "./width.ts";

/** What each kind of observation does, in a word or two. */
const deeds: Readonly<Record<string, string>> = {
  environment: "who we are",
  delegation: "zone",
  "mx-set": "MX set",
  addresses: "addresses",
  "reverse-name": "reverse name",
  "spf-record": "SPF record",
  "dmarc-record": "DMARC record",
  "smtp-hello": "handshake",
  "smtp-envelope": "recipients",
  "smtp-commands": "commands",
  "tls-anonymous": "anonymous TLS",
  "command-injection": "injection",
  "tls-legacy": "old TLS",
  "port-control": "port",
};

/**
 * The waterfall of a run: a bar for each observation over the time of the run, then the chain of
 * dependent steps that made it as long as it was, and the slowest server.
 */
export function timingLines(report: Report, style: Pick<Style, "width" | "unicode">): Line[] {
  const rows = report.observations
    .filter(({ outcome, durationMs }) => outcome !== "skipped" || durationMs > 0)
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs || endOf(a) - endOf(b));
  const total = Math.max(1, report.durationMs, ...rows.map((row) => endOf(row)));
  const nameWidth = Math.min(36, Math.max(20, Math.floor(style.width / 2) - 10));
  const barWidth = Math.max(8, style.width - nameWidth - 12);
  const path = criticalPath(report);
  const onPath = new Set(path.map(({ observation }) => observation.id));
  const waterfall = rows.map((row): Line => {
    const name = cutToWidth(shortNameOf(row), nameWidth - 1, style.unicode ? "…" : "~");
    const ms = `${row.durationMs} ms`.padStart(9);
    const bar = barOf(row, total, barWidth, style.unicode);
    return {
      label: `  ${name.padEnd(nameWidth)}${ms} `,
      text: bar,
      tone: onPath.has(row.id) ? "strong" : "dim",
      whole: true,
    };
  });
  return [
    blank,
    { text: `Time: ${report.durationMs} ms`, tone: "strong" },
    ...waterfall,
    ...pathLines(path, report),
    ...slowestLines(report),
  ];
}

/** "handshake of mx1.example.com (192.0.2.1)" */
function nameOf({ kind, subject }: Observation): string {
  const { domain, host, ip } = subject;
  const at = { ...(host === undefined ? {} : { host }), ...(ip === undefined ? {} : { ip }) };
  const about = host ?? ip ?? domain;
  const deed = deeds[kind] ?? kind;
  if (about === undefined) return deed;
  return `${deed} of ${nameSubjects([(host ?? ip) ? at : { domain: about }])}`;
}

/** The same for a narrow column: "handshake 192.0.2.1". */
function shortNameOf({ kind, subject }: Observation): string {
  const { domain, host, ip } = subject;
  return [deeds[kind] ?? kind, ip ?? host ?? domain ?? ""].join(" ").trimEnd();
}

function barOf(
  { startedAtMs, durationMs }: Observation,
  total: number,
  width: number,
  unicode: boolean,
): string {
  const from = Math.min(width - 1, Math.floor((startedAtMs / total) * width));
  const length = Math.max(1, Math.round((durationMs / total) * width));
  const [space, fill] = unicode ? ["·", "█"] : [".", "#"];
  return space.repeat(from) + fill.repeat(Math.min(length, width - from));
}

function pathLines(path: ReturnType<typeof criticalPath>, report: Report): Line[] {
  const last = path.at(-1);
  if (last === undefined) return [];
  const steps = path.map(({ observation, waitedMs }) => {
    const waited = waitedMs > 1 ? ` after a wait of ${waitedMs} ms` : "";
    return `${nameOf(observation)} ${observation.durationMs} ms${waited}`;
  });
  const rest = Math.max(0, report.durationMs - endOf(last.observation));
  if (rest > 1) steps.push(`the rest ${rest} ms`);
  return [{ indent: 2, label: "It took so long because of: ", text: steps.join(", then ") }];
}

function slowestLines(report: Report): Line[] {
  const slowest = slowestServer(report);
  if (slowest === undefined) return [];
  const { host, ip, ms, stage, stageMs } = slowest;
  const name = nameSubjects([ip === "" ? { host } : { host, ip }]);
  return [
    {
      indent: 2,
      label: "Slowest server: ",
      text: `${name}, ${ms} ms in all; the longest part was its ${describe(stage)} with ${stageMs} ms`,
    },
  ];
}

function describe(stage: string): string {
  return /^[A-Z]{4}/.test(stage) && stage !== "TLS handshake" ? `answer to ${stage}` : stage;
}
