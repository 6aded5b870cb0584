import type { Check } from "../core/check.ts";
import { createEvidence } from "../core/evidence.ts";
import type { Report } from "../core/report.ts";
import { foldRootCauses } from "../checks/fold.ts";
import { judge } from "../checks/judge.ts";
import type { Profile } from "../checks/profile.ts";
import { buildReport } from "../report/build.ts";

/** What a case is judged by; what is absent is taken from the case itself. */
export interface Rules {
  readonly checks: readonly Check[];
  readonly profile?: Profile;
  readonly now?: Date;
}

/**
 * Judges the observations of a report again. With the same checks, and without `now` and `profile`,
 * the findings are those of the case to the byte: its own time and its own selection apply.
 */
export function judgeCase(report: Report, { checks, profile, now }: Rules): Report {
  const { observations, target, options } = report;
  const evidence = createEvidence(observations);
  const findings = judge(evidence, {
    checks,
    profile: profile ?? { only: texts(options["only"]), skip: texts(options["skip"]) },
    now: now ?? new Date(report.startedAt),
    target: target.domain,
  });
  return buildReport({
    target,
    exam: report.exam,
    startedAt: report.startedAt,
    durationMs: report.durationMs,
    options,
    observations,
    findings,
    rootCauses: foldRootCauses(findings, evidence),
    ended: report.summary.ended,
    checks,
    toolVersion: report.tool.version,
    nodeVersion: report.tool.node,
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
