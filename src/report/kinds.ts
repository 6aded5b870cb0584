import { isFact } from "../core/observation.ts";
import type { Report } from "../core/report.ts";
import type { Cause } from "../core/fact.ts";
import type { Kind, ObservationOf } from "../probes/kinds.ts";

/** The observations of a kind in a report, typed, those without data left out. */
export function seen<K extends Kind>(report: Report, kind: K): Seen<K>[] {
  return report.observations.filter(
    (observation) => observation.kind === kind && observation.data !== null,
  ) as unknown as Seen<K>[];
}

/** An observation that has data. */
export type Seen<K extends Kind> = ObservationOf<K> & {
  readonly data: NonNullable<ObservationOf<K>["data"]>;
};

/** The value of a fact, or undefined when it is unknown or the report's version has no such fact. */
export function valueOf<T>(fact: Known<T>): T | undefined {
  return isFact(fact) && fact.known ? fact.value : undefined;
}

type Known<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly cause: Cause };

/** Why a fact is unknown, for people; undefined when it is known. */
export function causeOf(fact: Known<unknown>): string | undefined {
  if (!isFact(fact) || fact.known) return undefined;
  const { failure, skipped } = fact.cause;
  return failure?.message ?? `not examined (${skipped ?? "no reason known"})`;
}
