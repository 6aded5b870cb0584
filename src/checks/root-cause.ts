import type { Evidence } from "../core/evidence.ts";
import type { Cause } from "../core/fact.ts";
import type { Observation } from "../core/observation.ts";

/**
 * Climbs from an observation that could not be made to the one in which the trouble began:
 * along `dependsOn`, as long as the reason is that something before it failed.
 */
export function rootOf(
  observation: Observation,
  cause: Cause,
  evidence: Evidence,
): { readonly observation: Observation; readonly cause: Cause } {
  let here = observation;
  let why = cause;
  const seen = new Set<string>();
  while (why.skipped === "depends-on" && !seen.has(here.id)) {
    seen.add(here.id);
    const parents = here.dependsOn.map((id) => evidence.byId(id));
    const parent = parents.find(
      (candidate) => candidate !== undefined && candidate.outcome !== "ok",
    );
    if (parent === undefined) break;
    here = parent;
    if (parent.failure !== undefined) why = { failure: parent.failure };
    else if (parent.skipReason !== undefined) why = { skipped: parent.skipReason };
    else break;
  }
  return { observation: here, cause: why };
}
