import type { Observation } from "./observation.ts";

/** A read-only view over the observations of one report. */
export interface Evidence {
  readonly observations: readonly Observation[];
  /** All observations of the kind, in the order of recording. */
  all(kind: string): readonly Observation[];
  byId(id: string): Observation | undefined;
}

export function createEvidence(observations: readonly Observation[]): Evidence {
  const kinds = new Map<string, Observation[]>();
  const ids = new Map<string, Observation>();
  for (const observation of observations) {
    const list = kinds.get(observation.kind);
    if (list) list.push(observation);
    else kinds.set(observation.kind, [observation]);
    ids.set(observation.id, observation);
  }
  return {
    observations,
    all: (kind) => kinds.get(kind) ?? [],
    byId: (id) => ids.get(id),
  };
}
