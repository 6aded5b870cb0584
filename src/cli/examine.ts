import type { Check } from "../core/check.ts";
import { createEvidence } from "../core/evidence.ts";
import type { Report } from "../core/report.ts";
import type { Target } from "../core/target.ts";
import { foldRootCauses } from "../checks/fold.ts";
import { judge } from "../checks/judge.ts";
import type { ExamName } from "../exams/index.ts";
import { createRun, type Run } from "../exams/run.ts";
import { buildReport } from "../report/build.ts";
import { maskForSharing } from "../report/share.ts";
import { exitCodeOf, exitCodes, worstExitCode } from "./exit.ts";
import type { Io } from "./io.ts";
import { openOutputs } from "./outputs.ts";
import { createProgress, type Progress } from "./progress.ts";
import type { Settings } from "./settings.ts";
import { readVersion } from "./version.ts";

/** One run of a command: what to ask of which targets. */
export interface Job {
  readonly exam: ExamName;
  readonly targets: readonly Target[];
  readonly settings: Settings;
  readonly checks: readonly Check[];
  readonly io: Io;
  /** Told of every report, in the order of the targets. */
  readonly onReport?: (report: Report) => void;
}

/**
 * Examines the targets, several side by side, writes their reports, and returns the exit code.
 * Throws only for a fault of ours or a report file that cannot be written.
 */
export async function examineTargets(job: Job): Promise<number> {
  const { settings, targets } = job;
  const progress = await createProgress(job.io);
  // Nobody reads standard output: what is still running is not worth its sockets.
  const closed = new AbortController();
  const io = { ...job.io, signal: AbortSignal.any([job.io.signal, closed.signal]) };
  const outputs = await openOutputs({
    format: settings.format,
    files: settings.files,
    style: { ...settings.style, several: targets.length > 1 },
    io,
    progress,
    onClosed: () => settings.files.length === 0 && closed.abort(),
  });
  const run = createRun(settings.exam);
  const codes: number[] = [];
  const faults: unknown[] = [];
  try {
    const examine = limited(settings.exam.limits.domainsAtOnce, async (target: Target) => {
      if (io.signal.aborted && targets.length > 1) return;
      const report = await examineOne(target, { ...job, io }, run, progress);
      outputs.finished(report);
      return report;
    });
    const results = targets.map((target) => examine(target));
    // Each result is let go once it is written: a long list must not hold all its reports.
    for (let result = results.shift(); result !== undefined; result = results.shift()) {
      const report = await result.catch((error: unknown) => void faults.push(error));
      if (report === undefined) continue;
      codes.push(exitCodeOf({ ...report, ended: report.summary.ended }, settings.exit));
      outputs.inOrder(report);
      job.onReport?.(report);
    }
  } finally {
    progress.stop();
    run.close();
    await outputs.close();
  }
  if (faults.length > 0) throw faults[0];
  const cut = codes.length < targets.length && settings.exit.inconclusive === "fail";
  return worstExitCode(cut ? [...codes, exitCodes.unknown] : codes);
}

async function examineOne(
  target: Target,
  { exam, settings, checks, io, targets }: Job,
  run: Run,
  progress: Progress,
): Promise<Report> {
  const name = targets.length > 1 ? `${target.unicode}: ` : "";
  const seen = await run.examine(exam, target, {
    signal: io.signal,
    progress: ({ text }) => progress.show(name + text),
  });
  const evidence = createEvidence(seen.observations);
  const now = new Date(seen.startedAt);
  const { profile } = settings;
  const findings = judge(evidence, { checks, profile, now, target: target.domain });
  const report = buildReport({
    ...seen,
    target,
    exam,
    options: settings.recorded,
    findings,
    rootCauses: foldRootCauses(findings, evidence),
    checks,
    toolVersion: readVersion(),
    nodeVersion: process.versions.node,
  });
  return settings.share ? maskForSharing(report) : report;
}

/** The function with at most so many calls at a time; the others wait in order. */
export function limited<A, R>(
  most: number,
  call: (argument: A) => Promise<R>,
): (argument: A) => Promise<R> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return (argument) => {
    const turn = new Promise<void>((resolve) => {
      if (running < most) resolve();
      else waiting.push(resolve);
      running += running < most ? 1 : 0;
    });
    const result = turn
      .then(() => call(argument))
      .finally(() => {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      });
    // A failure is handled when its turn in the order comes, not when it happens.
    result.catch(() => {});
    return result;
  };
}
