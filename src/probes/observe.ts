import type { Failure } from "../core/failure.ts";
import type { SkipReason } from "../core/fact.ts";
import {
  observationId,
  type Subject,
  type Timings,
  type TranscriptEntry,
} from "../core/observation.ts";
import type { ExamContext } from "./context.ts";
import type { Kind, KindMap, ObservationOf } from "./kinds.ts";

interface Parts<K extends Kind> {
  readonly data: KindMap[K] | null;
  readonly failure?: Failure | undefined;
  readonly skipReason?: SkipReason;
  readonly dependsOn?: readonly string[];
  readonly timings?: Timings;
  readonly transcript?: readonly TranscriptEntry[];
}

/** Builds, records and returns the observation of a probe that began at `startedAtMs`. */
export function observe<K extends Kind>(
  ctx: ExamContext,
  kind: K,
  subject: Subject,
  startedAtMs: number,
  parts: Parts<K>,
): ObservationOf<K> {
  const { data, failure, skipReason, dependsOn = [], timings = {}, transcript } = parts;
  return ctx.record<K>({
    id: observationId(kind, subject),
    kind,
    subject,
    startedAtMs: Math.round(startedAtMs),
    durationMs: Math.round(ctx.clock.now() - startedAtMs),
    outcome: skipReason !== undefined ? "skipped" : failure === undefined ? "ok" : "failed",
    data,
    ...(failure === undefined ? {} : { failure }),
    ...(skipReason === undefined ? {} : { skipReason }),
    dependsOn,
    timings: wholeMilliseconds(timings),
    ...(transcript === undefined ? {} : { transcript }),
  });
}

function wholeMilliseconds({ commands, ...stages }: Timings): Timings {
  const rounded = Object.entries(stages).map(([stage, ms]) => [stage, Math.round(ms)]);
  return {
    ...(Object.fromEntries(rounded) as Timings),
    ...(commands === undefined
      ? {}
      : { commands: commands.map(({ command, ms }) => ({ command, ms: Math.round(ms) })) }),
  };
}
