import type { Check, Judgement } from "../core/check.ts";
import type { Evidence } from "../core/evidence.ts";
import { unknown, type Cause, type Unknown } from "../core/fact.ts";
import { failure } from "../core/failure.ts";
import { severities, type Finding, type Severity } from "../core/finding.ts";
import { fingerprintOf } from "../core/fingerprint.ts";
import { isFact, type Observation, type Subject } from "../core/observation.ts";
import { escapeText, fillTemplate } from "../core/text.ts";
import { isWanted, type Profile } from "./profile.ts";
import { rootOf } from "./root-cause.ts";

export interface JudgeOptions {
  readonly checks: readonly Check[];
  readonly profile: Profile;
  /** The time of the examination: certificates expire against it. */
  readonly now: Date;
  /** The target's domain or host; part of the fingerprints. */
  readonly target: string;
}

/**
 * Judges observations into findings, in the order of the checks and, within one, of the
 * observations. Pure: the same evidence gives the same findings.
 */
export function judge(evidence: Evidence, options: JudgeOptions): Finding[] {
  const findings: Finding[] = [];
  for (const check of options.checks) {
    const seen = evidence.all(check.over);
    if (seen.length === 0) continue;
    const wanted = isWanted(options.profile, check.id);
    for (const observation of seen) {
      const judgements = wanted
        ? judgeOne(check, observation, evidence, options.now)
        : [{ verdict: "not-applicable" } as const];
      for (const judgement of judgements)
        findings.push(toFinding(check, judgement, observation, evidence, options));
    }
  }
  return withoutCascades(findings, evidence, options.checks);
}

/**
 * An inconclusive finding whose root cause is a problem in its own right says nothing new: the
 * certificate of a server that is known to be dead is not-applicable. It keeps its cause.
 */
function withoutCascades(
  findings: readonly Finding[],
  evidence: Evidence,
  checks: readonly Check[],
): Finding[] {
  const aboutFailing = new Set(checks.filter((check) => check.judgesFailures).map(({ id }) => id));
  const judged = new Set(
    findings
      .filter(({ verdict, checkId }) => verdict === "problem" && aboutFailing.has(checkId))
      .flatMap(({ cites }) => cites),
  );
  return findings.map((finding) => {
    const { because } = finding;
    if (because?.cause.failure === undefined) return finding;
    const behind = [because.observation, ...sameFailure(because, evidence)];
    if (!behind.some((id) => judged.has(id))) return finding;
    const { atStake: _beside, ...rest } = finding;
    return { ...rest, verdict: "not-applicable" };
  });
}

/** Observations of the same session that ended in the same failure. */
function sameFailure(because: NonNullable<Finding["because"]>, evidence: Evidence): string[] {
  const { code } = because.cause.failure ?? {};
  const { dependsOn = [] } = evidence.byId(because.observation) ?? {};
  return dependsOn.filter((id) => evidence.byId(id)?.failure?.code === code);
}

/** What the check says of one observation; unknown facts are answered on its behalf. */
export function judgeOne(
  check: Check,
  observation: Observation,
  evidence: Evidence,
  now: Date,
): readonly Judgement[] {
  const missing = missingFact(check, observation);
  if (missing !== undefined) return [{ verdict: "inconclusive", because: missing }];
  try {
    return check.run(observation, evidence, now);
  } catch (error) {
    const message = `${check.id} failed: ${escapeText(String(error))}`;
    return [{ verdict: "inconclusive", because: unknown(failure("command", "bug", message)) }];
  }
}

function missingFact(check: Check, observation: Observation): Unknown | undefined {
  const { data, failure: failed, skipReason } = observation;
  if (data === null) return unknown(skipReason ?? failed ?? "not-applicable");
  for (const name of check.facts) {
    const fact = data[name];
    if (isFact(fact) && !fact.known) return fact;
  }
  return undefined;
}

function toFinding(
  check: Check,
  judgement: Judgement,
  observation: Observation,
  evidence: Evidence,
  { profile, target }: JudgeOptions,
): Finding {
  const subject = judgement.subject ?? observation.subject;
  const cites = [...new Set([observation.id, ...(judgement.cites ?? [])])];
  const base = { checkId: check.id, subject, data: {}, cites, text: "", fix: "" };
  const print = (message?: string): string => fingerprintOf(check.id, message, target, subject);

  if (judgement.verdict === "problem") {
    const message = check.messages[judgement.message];
    if (message === undefined) throw new Error(`${check.id} has no message ${judgement.message}`);
    if (!isWanted(profile, check.id, judgement.message))
      return { ...base, verdict: "not-applicable", fingerprint: print() };
    const data = { ...subjectData(subject), ...judgement.data };
    return {
      ...base,
      verdict: "problem",
      message: judgement.message,
      severity: message.severity,
      data,
      fingerprint: print(judgement.message),
      text: fillTemplate(message.text, data),
      fix: fillTemplate(message.fix, data),
      ...(judgement.records === undefined ? {} : { records: judgement.records }),
    };
  }
  if (judgement.verdict === "inconclusive") {
    const seenIn = evidence.byId(judgement.observation ?? observation.id) ?? observation;
    const root = rootOf(seenIn, judgement.because.cause, evidence);
    if (isNotAsked(root.cause)) return { ...base, verdict: "not-applicable", fingerprint: print() };
    const because = { observation: root.observation.id, cause: root.cause };
    const atStake = worstOf(check);
    return { ...base, verdict: "inconclusive", because, atStake, fingerprint: print() };
  }
  return { ...base, verdict: judgement.verdict, fingerprint: print() };
}

/** The severity of the worst message of the check. */
function worstOf({ messages }: Check): Severity {
  const ranks = Object.values(messages).map(({ severity }) => severities.indexOf(severity));
  return severities[Math.max(0, ...ranks)] ?? "note";
}

/** What the user switched off, and what cannot exist here, is not in question. */
function isNotAsked(cause: Cause): boolean {
  return cause.skipped === "not-requested" || cause.skipped === "not-applicable";
}

/** Subject fields are placeholders of every message. */
function subjectData({ domain, host, ip, port }: Subject): Record<string, string> {
  const entries = Object.entries({ domain, host, ip, port });
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]),
  );
}
