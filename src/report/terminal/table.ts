import Table from "cli-table3";
import type { Report } from "../../core/report.ts";
import type { Style } from "../reporter.ts";
import { targetName } from "./rest.ts";
import { safe } from "./safe.ts";
import { cutToWidth } from "./width.ts";

/** One row a target, in the order of the reports: how many of what. */
export function drawTable(reports: readonly Report[], { width, unicode }: Style): string {
  const head = ["Target", "Verdict", "Errors", "Warnings", "Unknown"];
  const counts = [16, 8, 10, 9];
  const rest = counts.reduce((sum, columns) => sum + columns, 0);
  const first = Math.min(44, Math.max(12, width - rest));
  const table = new Table({
    head,
    colWidths: [first, ...counts],
    colAligns: ["left", "left", "right", "right", "right"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: lineless,
  });
  const mark = unicode ? "…" : "...";
  for (const report of reports) {
    const { problems, inconclusive } = report.summary;
    table.push([
      cutToWidth(safe(targetName(report), unicode), first - 2, mark),
      verdictOf(report),
      String(problems.error),
      String(problems.warning),
      String(inconclusive),
    ]);
  }
  const rows = table.toString().split("\n");
  return rows.map((row) => `${row.trimEnd()}\n`).join("");
}

/** No ruling: a screen reader would read it out. */
const lineless = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
    "middle",
  ].map((part) => [part, ""]),
);

function verdictOf({ summary }: Report): string {
  const { problems, inconclusive, ended } = summary;
  if (problems.error > 0) return "problems";
  if (ended !== "complete") return "cut short";
  if (inconclusive > 0) return "could not tell";
  return problems.warning > 0 ? "warnings" : "good";
}
