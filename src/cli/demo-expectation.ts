import type { Report } from "../core/report.ts";
import type { DemoExpectation } from "../demo/scenario.ts";
import { exitCodeOf } from "./exit.ts";

/**
 * Whether a report says what a demo domain is there to show: the messages named and no other error
 * or warning, and the exit code.
 */
export function cameOutAs({ verdict, exitCode }: DemoExpectation, report: Report): boolean {
  const { findings, summary } = report;
  const rules = { failOn: "error", inconclusive: "fail" } as const;
  if (exitCodeOf({ findings, ended: summary.ended }, rules) !== exitCode) return false;
  const problems = findings.filter((finding) => finding.verdict === "problem");
  const names = new Set(problems.map(({ checkId, message }) => `${checkId}:${message ?? ""}`));
  const expected = typeof verdict === "string" ? [] : verdict;
  const surprising = problems.some(
    ({ severity, checkId, message }) =>
      severity !== "note" && !expected.includes(`${checkId}:${message ?? ""}`),
  );
  if (surprising || !expected.every((name) => names.has(name))) return false;
  return verdict !== "inconclusive" || summary.inconclusive > 0;
}
