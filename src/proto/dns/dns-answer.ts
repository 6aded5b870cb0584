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
  const answer: Writable<DnsAnswer<T>> = {
    name,
    type,
    status,
    authentic: trustAd && status !== "failed" ? outcome.authenticData : "not-judged",
    records: status === "answer" ? outcome.records : [],
    cnameChain: outcome.cnameChain,
    extendedErrors: outcome.extendedErrors,
    notes: outcome.notes,
    durationMs,
  };
  if (problem !== undefined) answer.failure = toFailure(problem);
  if (rcode !== undefined) answer.rcode = rcode;
  if (server !== undefined) answer.server = server;
  if (transport !== undefined) answer.transport = transport;
  if (truncated !== undefined) answer.truncated = truncated;
  return answer;
}

type Writable<V> = { -readonly [K in keyof V]: V[K] };

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
