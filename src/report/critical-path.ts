import type { Observation } from "../core/observation.ts";
import type { Report } from "../core/report.ts";

/** One step of the chain that made the run as long as it was. */
export interface PathStep {
  readonly observation: Observation;
  /** Time between the end of the step before it and its own beginning, in milliseconds. */
  readonly waitedMs: number;
}

/**
 * The chain of dependent observations that ended last, first step first: what would have to be
 * faster for the run to be faster. Empty when nothing took any time.
 */
export function criticalPath({ observations }: Report): readonly PathStep[] {
  const byId = new Map(observations.map((observation) => [observation.id, observation]));
  const timed = observations.filter(({ durationMs }) => durationMs > 0);
  const chain: Observation[] = [];
  const seen = new Set<string>();
  let step = lastToEnd(timed);
  while (step !== undefined && !seen.has(step.id)) {
    seen.add(step.id);
    chain.unshift(step);
    const parents: Observation[] = step.dependsOn.flatMap((id) => byId.get(id) ?? []);
    step = lastToEnd(parents);
  }
  return chain.map((observation, index) => {
    const before = chain[index - 1];
    const waited = before === undefined ? 0 : observation.startedAtMs - endOf(before);
    return { observation, waitedMs: Math.max(0, waited) };
  });
}

/** When the observation was complete, in milliseconds since the start of the run. */
export function endOf({ startedAtMs, durationMs }: Observation): number {
  return startedAtMs + durationMs;
}

function lastToEnd(observations: readonly Observation[]): Observation | undefined {
  let last: Observation | undefined;
  for (const observation of observations)
    if (last === undefined || endOf(observation) > endOf(last)) last = observation;
  return last;
}
