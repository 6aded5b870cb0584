import type { DnsAnswer, RecordData, RecordType } from "../core/dns.ts";
import { known, unknown, type Fact } from "../core/fact.ts";
import { failure, type Failure } from "../core/failure.ts";
import { escapeText } from "../core/text.ts";

/** The values of an answer; empty when the zone has none, unknown when the question failed. */
export function valuesOf<T extends RecordType>(answer: DnsAnswer<T>): Fact<RecordData[T][]> {
  if (answer.status === "failed") return unknown(failureOf(answer));
  return known(answer.records.map((record) => record.value));
}

/** False for NXDOMAIN; unknown when the question failed. */
export function existsOf(answer: DnsAnswer): Fact<boolean> {
  if (answer.status === "failed") return unknown(failureOf(answer));
  return known(answer.status !== "name-not-found");
}

/** Whether DNSSEC vouches for the answer; unknown where nobody judged it. */
export function authenticOf(answer: DnsAnswer): Fact<boolean> {
  if (answer.status === "failed") return unknown(failureOf(answer));
  return answer.authentic === "not-judged" ? unknown("not-applicable") : known(answer.authentic);
}

/** The first failure among the answers, if any. */
export function firstFailure(answers: readonly DnsAnswer[]): Failure | undefined {
  const failed = answers.find((answer) => answer.status === "failed");
  return failed === undefined ? undefined : failureOf(failed);
}

export function failureOf(answer: DnsAnswer): Failure {
  return answer.failure ?? failure("resolve", "dns-rcode");
}

/** The answer with its TXT strings escaped, fit for a report. */
export function escapedTexts(answer: DnsAnswer<"TXT">): DnsAnswer<"TXT"> {
  const records = answer.records.map((record) => ({
    ...record,
    value: record.value.map((text) => escapeText(text)),
  }));
  return { ...answer, records };
}
