import { known } from "../core/fact.ts";
import type { Failure } from "../core/failure.ts";
import type { Security } from "../core/service.ts";
import { isMaskedText } from "../proto/smtp/ehlo.ts";
import { explainSilence } from "../proto/smtp/silence.ts";
import { isPositive, refusal, type SmtpSession } from "../proto/smtp/session.ts";
import type { Heard } from "../wire/heard.ts";
import type { ExamContext } from "./context.ts";
import type { SmtpHelloData } from "./kinds.ts";

/** The data of an smtp-hello while it is being collected; what is absent was not reached. */
export type HelloDraft = { /** For the timings. */ greetingMs?: number } & {
  -readonly [K in keyof SmtpHelloData]?: SmtpHelloData[K];
};

/**
 * Steps 2 and 3 of the dialogue in smtp-session.ts: implicit TLS, and the greeting or what was
 * heard instead. Fills the draft and returns the failure that ended the session.
 */
export async function hearGreeting(
  session: SmtpSession,
  host: string,
  security: Security,
  draft: HelloDraft,
  ctx: ExamContext,
): Promise<Failure | undefined> {
  const { limits, signal, trust } = ctx;
  if (security === "implicit") {
    ctx.progress({ text: `TLS handshake with ${host}` });
    const result = await session.implicitTls({ host, trust });
    if ("failure" in result) return noteHeard(draft, result.heard, result.failure);
    draft.tls = known(result.facts);
  }

  ctx.progress({ text: `greeting of ${host}` });
  const startedAt = ctx.clock.now();
  const { failure, heard, reply } = await session.greeting();
  draft.greetingMs = Math.round(ctx.clock.now() - startedAt);
  if (failure) {
    if (failure.reply) draft.greeting = known(failure.reply);
    const silent = failure.code === "read-timeout" && heard === "silence";
    if (!silent || security === "implicit") return noteHeard(draft, heard, failure);
    const options = { host, trust };
    const why = await explainSilence(session.connection, failure, options, limits, signal);
    return noteHeard(draft, why.heard, why.failure);
  }
  draft.greeting = known(reply);
  if (!isPositive(reply)) {
    session.connection.transcript.markUnexpected();
    return greetingFailure(refusal(reply, "greeting"));
  }
  if (reply.code !== 220) session.oddities.add(`greeting code ${reply.code}`);
  draft.greetingName = known(/^[^ ]*/.exec(reply.lines[0] ?? "")?.[0] ?? "");
  if (reply.lines.some((line) => isMaskedText(line))) draft.masked = ["greeting of asterisks"];
  return undefined;
}

/** Silence is an answer of the server only where we waited for the whole time. */
function noteHeard(draft: HelloDraft, heard: Heard, failure: Failure): Failure {
  const { code } = failure;
  const told = code === "wrong-protocol" || heard === "unknown";
  if (heard === "silence" ? code === "read-timeout" : told) draft.heard = heard;
  return failure;
}

function greetingFailure(failure: Failure): Failure {
  const code = failure.reply?.code ?? 0;
  return code >= 300 && code < 400
    ? { ...failure, code: "bad-reply", message: `the greeting has the code ${code}` }
    : failure;
}
