import type { RecordType, Transport } from "../../core/dns.ts";
import type { FailureCode } from "../../core/failure.ts";
import type { Question, Reading } from "./answer.ts";

/** What came of one question: the reading of the message that counts, and how that message came. */
export type Outcome<T extends RecordType = RecordType> = Omit<Reading<T>, "rcode" | "problem"> & {
  /** Absent without a message. */
  readonly rcode?: string;
  /** For "failed". */
  readonly problem?: Problem;
  readonly server?: string;
  readonly transport?: Transport;
  readonly truncated?: true;
};

/** An outcome that needs no further question. */
export type FinalOutcome<T extends RecordType = RecordType> = Outcome<T> & {
  readonly status: Exclude<Outcome["status"], "alias">;
};

/** Whether the outcome says it all: it is not an alias whose end is still to be asked for. */
export function isFinal<T extends RecordType>(outcome: Outcome<T>): outcome is FinalOutcome<T> {
  return outcome.status !== "alias";
}

export interface Problem {
  readonly code: FailureCode;
  /** A whole sentence without a full stop. */
  readonly message: string;
  readonly errno?: string;
}

/** Why a question has no answer whose resolver was closed. */
export const resolverClosed: Problem = { code: "aborted", message: "the resolver was closed" };

/** The outcome of a question that no message answers. */
export function failedOutcome(problem: Problem): Outcome<never> {
  return {
    status: "failed",
    problem,
    authenticData: false,
    records: [],
    cnameChain: [],
    extendedErrors: [],
    notes: [],
  };
}

/** The one that says more: an answer with a response code, else the older one. */
export function better<T extends RecordType>(
  old: Outcome<T> | undefined,
  fresh: Outcome<T>,
): Outcome<T> {
  if (old === undefined) return fresh;
  return old.rcode === undefined && fresh.rcode !== undefined ? fresh : old;
}

/** "MX example.com", for messages. */
export function questionText({ type, name }: Question): string {
  return `${type} ${name}`;
}
