import type { Report } from "../core/report.ts";
import type { Reporter, Style } from "./reporter.ts";
import { handshakeLines } from "./terminal/handshake.ts";
import { blank, drawLines, type Line, type Tone } from "./terminal/layout.ts";
import { problemLines } from "./terminal/problems.ts";
import { footerLines, passedLines, unknownLines } from "./terminal/rest.ts";
import { timingLines } from "./terminal/timing.ts";
import { routeLines } from "./terminal/route.ts";
import { sessionLines } from "./terminal/sessions.ts";

/**
 * The report for people: the verdict sentence, what the exam shows (the route of `mx`, the
 * handshakes of `smtp`), problems worst first, what could not be told, what passed, and the time
 * it took. Several targets are followed by one table.
 */
export const terminal: Reporter = async function* (reports, style) {
  const rows: Report[] = [];
  for await (const report of reports) {
    if (rows.length > 0) yield "\n";
    yield drawReport(report, style);
    // The table needs no observations; a long list of targets must not hold them all.
    rows.push({ ...report, observations: [], findings: [] });
  }
  if (rows.length < 2) return;
  const { drawTable } = await import("./terminal/table.ts");
  yield `\n${drawTable(rows, style)}`;
};

/** One report as text. */
export function drawReport(report: Report, style: Style): string {
  const { verbose } = style;
  return drawLines(
    [
      { text: report.summary.headline, tone: toneOf(report), whole: !style.screen },
      ...viewLines(report),
      ...problemLines(report),
      ...unknownLines(report, verbose),
      ...passedLines(report, verbose),
      ...(verbose ? sessionLines(report) : []),
      ...(style.timing ? timingLines(report, style) : []),
      ...footerLines(report),
    ],
    style,
  );
}

function viewLines(report: Report): Line[] {
  if (report.exam === "route") return [blank, ...routeLines(report)];
  if (report.exam === "handshake") return handshakeLines(report);
  return [];
}

function toneOf({ summary }: Report): Tone {
  const { problems, inconclusive, ended } = summary;
  if (problems.error > 0) return "error";
  if (problems.warning > 0) return "warning";
  return inconclusive > 0 || ended !== "complete" ? "unknown" : "good";
}
