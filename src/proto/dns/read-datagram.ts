import type { Limits } from "../../core/context.ts";
import type { RecordType } from "../../core/dns.ts";
import { readAnswer, type Question } from "./answer.ts";
import type { Match } from "./match.ts";
import { failedOutcome, questionText, type Outcome } from "./outcome.ts";
import type { QueryForm } from "./query.ts";
import { rcodes } from "./rcodes.ts";
import type { AskTcp, Server } from "./server.ts";
import { askOverTcp } from "./tcp-answer.ts";
import { validateMessage } from "./validate.ts";

/** A query that was answered. */
export interface Answered<T extends RecordType> {
  readonly question: Question<T>;
  readonly query: Buffer;
  readonly questionEnd: number;
  readonly form: QueryForm;
  readonly server: Server;
  readonly limits: Limits;
  /** Time left to the question. */
  readonly leftMs: number;
}

/** What follows from a datagram: an outcome, or the form in which the question is to be put again. */
export type Consequence<T extends RecordType> =
  | { readonly outcome: Outcome<T>; readonly again?: undefined }
  | { readonly again: Partial<QueryForm> };

/**
 * Reads a datagram that matched its query, over TCP where it was truncated. A server that rewrites
 * letters is asked again without mixed case, one that refuses EDNS without it, once each.
 * spec: RFC 1035 4.2.1, RFC 6891 6.2.2, RFC 7766 5.
 */
export function readDatagram<T extends RecordType>(
  datagram: Buffer,
  match: Match,
  answered: Answered<T>,
): Consequence<T> | Promise<Consequence<T>> {
  if (match === "other-case" && answered.form.mixedCase) {
    answered.server.foldsCase = true;
    return { again: { mixedCase: false } };
  }
  const truncated = ((datagram[2] ?? 0) & 0x02) !== 0;
  const { tcp, transport } = answered.server;
  if (!truncated) return readMessage(datagram, answered, { transport });
  return tcp === undefined ? needlesslyTruncated(answered) : readOverTcp(answered, tcp);
}

type How =
  | { readonly transport: Server["transport"] }
  | { readonly transport: "tcp"; readonly truncated: true };

/** Over TLS and HTTPS there is room for every answer. spec: RFC 8484 6, RFC 7858 3.3. */
function needlesslyTruncated<T extends RecordType>({
  question,
  server: { label, transport },
}: Answered<T>): Consequence<T> {
  const message = `the resolver ${label} truncated its answer to ${questionText(question)}, where nothing is too long`;
  const problem = { code: "dns-malformed", message } as const;
  return { outcome: { ...failedOutcome(problem), server: label, transport } };
}

async function readOverTcp<T extends RecordType>(
  answered: Answered<T>,
  tcp: AskTcp,
): Promise<Consequence<T>> {
  const { question, query, questionEnd, server, limits, leftMs } = answered;
  const ms = Math.min(limits.dnsTcpMs, leftMs);
  const answer = await askOverTcp(tcp, query, questionEnd, ms);
  const how = { transport: "tcp", truncated: true } as const;
  if (typeof answer !== "string") return readMessage(answer, answered, how);
  const asked = questionText(question);
  const message = `the resolver ${server.label} truncated its answer to ${asked}, and ${answer}`;
  const problem = { code: "dns-tcp", message } as const;
  return { outcome: { ...failedOutcome(problem), server: server.label, ...how } };
}

function readMessage<T extends RecordType>(
  bytes: Buffer,
  { question, form, server, limits }: Answered<T>,
  how: How,
): Consequence<T> {
  const message = validateMessage(bytes);
  const refusesEdns =
    "malformed" in message ? message.edns === true : ednsRefusals.has(message.rcode);
  if (form.edns && refusesEdns) return { again: { edns: false } };
  if (!form.edns && !refusesEdns) server.lacksEdns = true;
  if ("malformed" in message) {
    const sentence = `the resolver ${server.label} sent a malformed answer to ${questionText(question)}: ${message.malformed}`;
    const problem = { code: "dns-malformed", message: sentence } as const;
    return { outcome: { ...failedOutcome(problem), server: server.label, ...how } };
  }
  const reading = readAnswer(message, question, limits.cnameChain);
  const quirks = [
    ...(server.foldsCase ? [`${server.label} changes the case of letters`] : []),
    ...(server.lacksEdns ? [`${server.label} does not understand EDNS`] : []),
  ];
  // Written out: an object made by spreading others costs the engine a new shape for every answer.
  const outcome: Outcome<T> = {
    status: reading.status,
    rcode: reading.rcode,
    authenticData: reading.authenticData,
    records: reading.records,
    cnameChain: reading.cnameChain,
    extendedErrors: reading.extendedErrors,
    notes: quirks.length === 0 ? reading.notes : [...quirks, ...reading.notes],
    server: server.label,
    transport: how.transport,
  };
  const { problem } = reading;
  if (how.transport !== "tcp" && problem === undefined) return { outcome };
  const sentence = `the resolver ${server.label} ${problem?.text}`;
  const failed = problem && { problem: { code: problem.code, message: sentence } };
  return { outcome: { ...outcome, ...how, ...failed } };
}

const ednsRefusals = new Set<number>([rcodes.FORMERR, rcodes.NOTIMP, rcodes.BADVERS]);
