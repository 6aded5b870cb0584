import { Writable } from "node:stream";
import { allChecks as checks } from "../../checks/index.ts";
import type { Report } from "../../core/report.ts";
import type { Target } from "../../core/target.ts";
import type { DemoDomain } from "../../demo/internet.ts";
import type { ExamName } from "../../exams/index.ts";
import { cameOutAs } from "../demo-expectation.ts";
import { examineTargets } from "../examine.ts";
import type { Io } from "../io.ts";
import type { Settings } from "../settings.ts";

/** What the parts of the demo share. */
export interface DemoStage {
  readonly domains: readonly DemoDomain[];
  readonly settings: Settings;
  readonly io: Io;
}

/** Examines the targets side by side, prints nothing, and returns the reports in their order. */
export async function examineQuietly(
  exam: ExamName,
  targets: readonly Target[],
  { settings, io }: Pick<DemoStage, "settings" | "io">,
): Promise<readonly Report[]> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return examineAloud(exam, targets, {
    settings: { ...settings, format: "ndjson", files: [] },
    io: { ...io, stdin: io.stdin, stdout: nowhere },
  });
}

/** Examines the targets, writes the reports as the settings say, and returns them in their order. */
export async function examineAloud(
  exam: ExamName,
  targets: readonly Target[],
  { settings, io }: Pick<DemoStage, "settings" | "io">,
): Promise<readonly Report[]> {
  const reports: Report[] = [];
  const onReport = (report: Report): void => void reports.push(report);
  await examineTargets({ exam, targets, settings, checks, io, onReport });
  return reports;
}

/** The domains whose report is missing, or says something else than their story. */
export function unlikeTheirStory(
  domains: readonly DemoDomain[],
  reports: readonly Report[],
): readonly string[] {
  const unexpected = domains.filter(
    ({ domain, expect }) =>
      !reports.some((report) => report.target.domain === domain && cameOutAs(expect, report)),
  );
  return unexpected.map(({ domain }) => domain);
}
