import type { Cause } from "./fact.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Observation } from "./observation.ts";
import type { Target } from "./target.ts";

/** Raised by one when a reader of older reports must change; additions do not raise it. */
export const schemaVersion = 1;

/** How the run ended: by itself, at its time limit, or interrupted by the user. */
export type Ending = "complete" | "deadline" | "aborted";

/** Inconclusive findings with the same root cause. */
export interface RootCause {
  readonly observation: string;
  readonly cause: Cause;
  /** One sentence that names the cause, for people. */
  readonly text: string;
  /** What would make an answer possible; may be empty. */
  readonly advice: string;
  /** Ids of the checks that could not tell. */
  readonly checkIds: readonly string[];
}

export interface Summary {
  /** The verdict sentence. */
  readonly headline: string;
  readonly problems: Readonly<Record<Severity, number>>;
  readonly inconclusive: number;
  readonly passed: number;
  readonly notApplicable: number;
  readonly rootCauses: readonly RootCause[];
  readonly ended: Ending;
}

/** The whole case of one target: what was seen and what follows from it. JSON output is this object. */
export interface Report {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: { readonly name: "maildoctor"; readonly version: string; readonly node: string };
  readonly target: Target;
  /** "domain" for check, "route" for mx, "handshake" for smtp. */
  readonly exam: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** The effective options; secrets cannot be among them. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  readonly summary: Summary;
}
