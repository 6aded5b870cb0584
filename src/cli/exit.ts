import type { Finding } from "../core/finding.ts";
import { severities, type Severity } from "../core/finding.ts";
import type { Ending } from "../core/report.ts";

/** What the exit code depends on beside the findings. */
export interface ExitRules {
  /** The least severity that counts as a problem. */
  readonly failOn: Severity;
  /** Whether "could not tell" fails the run. */
  readonly inconclusive: "fail" | "ignore";
}

/**
 * The exit codes: `good` nothing at or above `--fail-on`, `problems` something is, `usage` could
 * not run, `unknown` could not tell or cut short and nothing worse, `bug` a fault in maildoctor.
 */
export const exitCodes = { good: 0, problems: 1, usage: 2, unknown: 3, bug: 70 } as const;

/** The exit code of one report: 0, 1 or 3. */
export function exitCodeOf(
  { findings, ended }: { readonly findings: readonly Finding[]; readonly ended: Ending },
  { failOn, inconclusive }: ExitRules,
): number {
  const least = severities.indexOf(failOn);
  const failing = findings.some(
    ({ verdict, severity }) =>
      verdict === "problem" && severity !== undefined && severities.indexOf(severity) >= least,
  );
  if (failing) return exitCodes.problems;
  // What could only have been a note is not in question where only errors are.
  const open =
    ended !== "complete" ||
    findings.some(
      ({ verdict, atStake = "error" }) =>
        verdict === "inconclusive" && severities.indexOf(atStake) >= least,
    );
  return open && inconclusive === "fail" ? exitCodes.unknown : exitCodes.good;
}

const worstFirst: readonly number[] = [
  exitCodes.bug,
  exitCodes.usage,
  exitCodes.problems,
  exitCodes.unknown,
  exitCodes.good,
];

/** The code of a run over several targets: the worst, where problems count before "could not tell". */
export function worstExitCode(codes: readonly number[]): number {
  return worstFirst.find((code) => codes.includes(code)) ?? exitCodes.good;
}
