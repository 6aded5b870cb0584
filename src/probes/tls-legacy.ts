/*
 * A third session on an address, whose handshake offers TLS 1.0 and 1.1 alone; only with `--deep`:
 *
 *  1.  connect
 *  2.  S: 220 greeting      (implicit TLS: the handshake comes before it)
 *  3.  C: EHLO name
 *  4.  C: STARTTLS          handshake
 *  5.  C: QUIT
 */
import { unknown, type Fact } from "../core/fact.ts";
import type { Failure } from "../core/failure.ts";
import type { Security } from "../core/service.ts";
import type { SmtpSession } from "../proto/smtp/session.ts";
import type { ExamContext } from "./context.ts";
import { holdExtraSession, type Place } from "./extra-session.ts";
import type { ObservationOf, TlsTrial } from "./kinds.ts";
import { observe } from "./observe.ts";
import { hearGreeting } from "./smtp-greeting.ts";
import { tryImplicitTls, tryStarttls } from "./tls-trial.ts";

export interface LegacySubject extends Place {
  /** How TLS begins on this port. */
  readonly security: Exclude<Security, "plain">;
}

/** Holds the session and records what came of it. One connection. */
export async function tlsLegacy(
  { security, ...place }: LegacySubject,
  ctx: ExamContext,
  dependsOn: readonly string[],
): Promise<ObservationOf<"tls-legacy">> {
  return await holdExtraSession(place, ctx, async (extra, opened) => {
    let trial: Fact<TlsTrial>;
    if ("connection" in opened) {
      ctx.progress({ text: `old TLS versions with ${place.host}` });
      trial = await shake(opened, place.host, security, ctx);
      await opened.quit();
      extra.timings.commands = opened.timings;
    } else {
      trial = unknown(opened);
    }
    return observe(ctx, "tls-legacy", place, extra.startedAt, {
      data: { trial },
      failure: trial.known ? undefined : trial.cause.failure,
      dependsOn,
      timings: extra.timings,
      transcript: extra.transcript,
    });
  });
}

/** Steps 2 to 4. */
async function shake(
  session: SmtpSession,
  host: string,
  security: LegacySubject["security"],
  ctx: ExamContext,
): Promise<Fact<TlsTrial>> {
  const offer = "legacy-versions";
  if (security === "implicit") {
    const trial = await tryImplicitTls(session, host, offer, ctx);
    if (trial.known && trial.value.accepted) await session.greeting();
    return trial;
  }
  const failure: Failure | undefined =
    (await hearGreeting(session, host, security, {}, ctx)) ??
    (await session.hello(ctx.identity.ehloName)).failure;
  return failure ? unknown(failure) : await tryStarttls(session, host, offer, ctx);
}
