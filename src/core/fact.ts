import type { Failure } from "./failure.ts";

/** Why something was not examined although nothing failed. */
export type SkipReason =
  "not-requested" | "not-applicable" | "depends-on" | "budget" | "deadline" | "aborted";

/** Why a datum is not known: something failed, or nobody asked. */
export type Cause =
  | { readonly failure: Failure; readonly skipped?: undefined }
  | { readonly skipped: SkipReason; readonly failure?: undefined };

export interface Known<T> {
  readonly known: true;
  readonly value: T;
}
export interface Unknown {
  readonly known: false;
  readonly cause: Cause;
}
/**
 * A datum that a stage may not have reached. "The server does not offer it" is a known value;
 * "we never got to ask" is unknown with its cause. The two are different in the type on purpose.
 */
export type Fact<T> = Known<T> | Unknown;

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

/** An unknown fact because of a failure or a skip. */
export function unknown(why: Failure | SkipReason): Unknown {
  return { known: false, cause: typeof why === "string" ? { skipped: why } : { failure: why } };
}

/** True when every element satisfies the predicate; unknown when one is unknown and none is false. */
export function every<T>(
  facts: readonly Fact<T>[],
  predicate: (value: T) => boolean,
): Fact<boolean> {
  let missing: Unknown | undefined;
  for (const fact of facts) {
    if (!fact.known) missing ??= fact;
    else if (!predicate(fact.value)) return known(false);
  }
  return missing ?? known(true);
}

/** True when some element satisfies the predicate; unknown when none does but one is unknown. */
export function some<T>(
  facts: readonly Fact<T>[],
  predicate: (value: T) => boolean,
): Fact<boolean> {
  let missing: Unknown | undefined;
  for (const fact of facts) {
    if (!fact.known) missing ??= fact;
    else if (predicate(fact.value)) return known(true);
  }
  return missing ?? known(false);
}

/** The fact with its value mapped; an unknown stays unknown with the same cause. */
export function mapFact<T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> {
  return fact.known ? known(change(fact.value)) : fact;
}
