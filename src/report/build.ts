import type { Check } from "../core/check.ts";
import type { Finding } from "../core/finding.ts";
import { createEvidence } from "../core/evidence.ts";
import type { Observation } from "../core/observation.ts";
import { schemaVersion, type Ending, type Report, type RootCause } from "../core/report.ts";
import type { Target } from "../core/target.ts";
import { headline } from "./headline.ts";

interface Parts {
  readonly target: Target;
  readonly exam: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  readonly rootCauses: readonly RootCause[];
  readonly ended: Ending;
  readonly checks: readonly Check[];
  readonly toolVersion: string;
  readonly nodeVersion: string;
}

/** Assembles the report of one target and writes its summary. */
export function buildReport(parts: Parts): Report {
  const { target, exam, findings, observations, rootCauses, ended, checks } = parts;
  const number = (verdict: string): number =>
    findings.filter((finding) => finding.verdict === verdict).length;
  const problems = { note: 0, warning: 0, error: 0 };
  for (const { severity } of findings) if (severity !== undefined) problems[severity] += 1;
  return {
    schemaVersion,
    tool: { name: "maildoctor", version: parts.toolVersion, node: parts.nodeVersion },
    target,
    exam,
    startedAt: parts.startedAt,
    durationMs: parts.durationMs,
    options: parts.options,
    observations,
    findings,
    summary: {
      headline: headline({
        target,
        exam,
        findings,
        rootCauses,
        checks,
        evidence: createEvidence(observations),
      }),
      problems,
      inconclusive: number("inconclusive"),
      passed: number("pass"),
      notApplicable: number("not-applicable"),
      rootCauses,
      ended,
    },
  };
}
