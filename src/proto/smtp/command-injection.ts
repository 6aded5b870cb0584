/*
 * What a server makes of a command that was slipped in before TLS:
 *
 *  1.  C: STARTTLS CRLF NOOP maildoctor CRLF     in one segment, so that both are read at once
 *  2.  S: 220                                    and the handshake
 *  3.  S: 250                                    unasked: it carried the command over into TLS
 *  4.  C: MAILDOCTOR                             a verb that no server knows
 *  5.  S: 500                                    its own answer; or 250, and the 500 comes after it
 *  6.  C: QUIT                                   where a server that is an answer behind shows it
 */
import { failureOfAbort } from "../../core/abort.ts";
import type { Limits } from "../../core/context.ts";
import {
  failure,
  type Failure,
  type FailureCode,
  type Reply,
  type Stage,
} from "../../core/failure.ts";
import { startDeadline, type Deadline } from "../../wire/deadline.ts";
import type { HandshakeOptions } from "../../wire/tls.ts";
import { readReply } from "./read-reply.ts";
import { isPositive, refusal, type Answer, type SmtpSession } from "./session.ts";

/** What became of the command that was slipped in. */
export type InjectionOutcome =
  /** Its answer came under TLS before anything was asked there. */
  | { readonly state: "answered"; readonly reply: Reply }
  /** Its answer came under TLS in the place of the next command's. */
  | { readonly state: "shifted"; readonly reply: Reply }
  /** The server refused, or hung up; `why` says how. */
  | { readonly state: "closed"; readonly why: string }
  /** TLS came about, and the server knows of no such command. */
  | { readonly state: "ignored" };

/** A verb that no server knows, so that its answer can be told from any other. */
export const unknownVerb = "MAILDOCTOR";

/** A server that carries commands over answers at once when the handshake is done. */
const patienceMs = 1_500;

const closings: ReadonlySet<FailureCode> = new Set(["closed-early", "connect-reset", "tls-alert"]);

/**
 * Tries whether a command sent in clear together with STARTTLS is obeyed inside TLS, on a session
 * that has said its hello and is still in clear. NOOP is all that is slipped in. The session is
 * good for nothing but its end afterwards; a failure means that it cannot be told.
 * spec: RFC 3207 4.2; CVE-2011-0411.
 */
export async function slipInCommand(
  session: SmtpSession,
  options: Omit<HandshakeOptions, "mode">,
  limits: Limits,
  signal: AbortSignal,
): Promise<
  | { readonly outcome: InjectionOutcome }
  | { readonly outcome?: undefined; readonly failure: Failure }
> {
  const { connection } = session;
  if (session.over) return { failure: session.over };
  if (connection.pendingBytes() > 0) {
    connection.discard();
    return { failure: failure("starttls", "desync") };
  }
  const within = withinDeadlines(signal);

  const first = await within(limits.commandMs, (deadline) => sendBoth(session, limits, deadline));
  if (first.failure) return ended(first.failure);
  const { reply } = first;
  if (reply.code !== 220) {
    connection.transcript.markUnexpected();
    if (reply.code < 500) return { failure: putOff(reply) };
    return closed(`the server answered ${reply.code}`);
  }
  const shaken = await within(limits.tlsMs, (deadline) =>
    connection.startTls({ ...options, mode: "starttls" }, deadline),
  );
  if ("failure" in shaken) return ended(shaken.failure);

  const patience = Math.min(limits.commandMs, patienceMs);
  const unasked = await within(patience, (deadline) => connection.waitForBytes(deadline));
  if (signal.aborted) return { failure: failureOfAbort(signal, "command") };
  if (!connection.open && !unasked) return closed("the server hung up after the handshake");
  const read = (): Promise<Answer> =>
    within(limits.commandMs, (deadline) =>
      readReply(connection, awaiting("command"), limits, deadline),
    );
  if (unasked) {
    const answer = await read();
    connection.transcript.markUnexpected();
    return answer.failure ? ended(answer.failure) : judgeUnasked(answer.reply);
  }

  const answer = await session.command(unknownVerb, "command");
  if (answer.failure) return ended(answer.failure);
  const shifted = { outcome: { state: "shifted", reply: answer.reply } } as const;
  if (!isPositive(answer.reply)) {
    // A server that is an answer behind shows it at QUIT.
    const behind = (await session.quit())?.code === "desync";
    return behind ? shifted : { outcome: { state: "ignored" } };
  }
  const more = await within(patience, (deadline) => connection.waitForBytes(deadline));
  const next = more ? await read() : undefined;
  if (next?.reply) {
    connection.transcript.markUnexpected();
    return shifted;
  }
  if (next) return { failure: next.failure };
  const message = `the server answers ${answer.reply.code} to a command that does not exist`;
  return { failure: { stage: "command", code: "bad-reply", message } };
}

/** Step 1, and the reply to STARTTLS. */
async function sendBoth(
  { connection, timings }: SmtpSession,
  limits: Limits,
  deadline: Deadline,
): Promise<Answer> {
  const lines = ["STARTTLS", "NOOP maildoctor"];
  const startedAt = performance.now();
  connection.transcript.note("=", "Sending STARTTLS and NOOP in one segment");
  for (const line of lines) connection.transcript.line("C", Buffer.from(line), false);
  const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(""));
  const awaited = awaiting("starttls");
  const blocked = await connection.write(bytes, awaited, deadline);
  const answer = blocked
    ? { failure: blocked }
    : await readReply(connection, awaited, limits, deadline);
  timings.push({ command: "STARTTLS", ms: Math.round(performance.now() - startedAt) });
  return answer;
}

/** A server that has no TLS for now has not judged the command. */
function putOff(reply: Reply): Failure {
  const refused = refusal(reply, "starttls");
  return reply.code === 421 ? refused : { ...refused, code: "starttls-refused" };
}

/**
 * A reply that nobody asked for under TLS: 2yz is that to NOOP; so is one about the command itself
 * (not known, or out of order). Others speak of the session, which the server ends.
 */
function judgeUnasked(
  reply: Reply,
): { readonly outcome: InjectionOutcome } | { readonly failure: Failure } {
  const toCommand = [500, 501, 502, 503, 504].includes(reply.code);
  if (toCommand || (isPositive(reply) && ![220, 221].includes(reply.code)))
    return { outcome: { state: "answered", reply } };
  if (reply.code >= 400 || reply.code === 221) return closed(`the server answered ${reply.code}`);
  const message = `the server said ${reply.code} under TLS before it was asked`;
  return { failure: { stage: "command", code: "desync", message } };
}

/** A server that hangs up has not obeyed; every other failure leaves that open. */
function ended(
  why: Failure,
): { readonly outcome: InjectionOutcome } | { readonly failure: Failure } {
  return closings.has(why.code) ? closed(why.message) : { failure: why };
}

function closed(why: string): { readonly outcome: InjectionOutcome } {
  return { outcome: { state: "closed", why } };
}

function awaiting(stage: Stage): { readonly stage: Stage; readonly what: string } {
  return { stage, what: stage === "starttls" ? "the reply to STARTTLS" : "the reply" };
}

function withinDeadlines(signal: AbortSignal) {
  return async <T>(ms: number, task: (deadline: Deadline) => Promise<T>): Promise<T> => {
    const deadline = startDeadline(ms, signal);
    try {
      return await task(deadline);
    } finally {
      deadline.clear();
    }
  };
}
