import type { DnsAnswer, RecordType } from "../../core/dns.ts";
import { failure, type Failure } from "../../core/failure.ts";
import type { Question } from "./answer.ts";
import type { FinalOutcome, Outcome } from "./outcome.ts";

/** The answer to a question from its outcome; what is absent there is absent here. */
export function toDnsAnswer<T extends RecordType>(
  { name, type }: Question<T>,
  outcome: FinalOutcome<T>,
  trustAd: boolean,
  durationMs: number,
): DnsAnswer<T> {
  const { status, problem, rcode, server, transport, truncated } = outcome;
  return {
    name,
    type,
    status,
    authentic: trustAd && status !== "failed" ? outcome.authenticData : "not-judged",
    records: status === "answer" ? outcome.records : [],
    cnameChain: outcome.cnameChain,
    extendedErrors: outcome.extendedErrors,
    notes: outcome.notes,
    durationMs,
    ...(problem === undefined ? {} : { failure: toFailure(problem) }),
    ...(rcode === undefined ? {} : { rcode }),
    ...(server === undefined ? {} : { server }),
    ...(transport === undefined ? {} : { transport }),
    ...(truncated === undefined ? {} : { truncated }),
  };
}

function toFailure({ code, message, errno }: NonNullable<Outcome["problem"]>): Failure {
  return failure("resolve", code, message, errno === undefined ? {} : { errno });
}

/** An answer to a question that no server was asked. */
export function failedAnswer<T extends RecordType>(
  { name, type }: Question<T>,
  why: Failure,
): DnsAnswer<T> {
  return {
    name,
    type,
    status: "failed",
    failure: why,
    authentic: "not-judged",
    records: [],
    cnameChain: [],
    extendedErrors: [],
    notes: [],
    durationMs: 0,
  };
}
