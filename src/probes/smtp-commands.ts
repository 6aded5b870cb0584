/*
 * A second session on an address, with what no delivery needs; only with `--deep`:
 *
 *  1.  connect, and implicit TLS where the port is for that
 *  2.  S: 220 greeting
 *  3.  C: EHLO name
 *  4.  C: VRFY postmaster
 *      C: VRFY maildoctor-xxxxxxxx
 *      C: EXPN postmaster
 *      C: MAILDOCTOR               a verb that no server knows
 *      C: HELP
 *  5.  C: STARTTLS                 where the polite session used it: a handshake that offers an
 *                                  anonymous key exchange alone, or, with `--test-injection`, the
 *                                  one of proto/smtp/command-injection.ts
 *  6.  C: QUIT
 */
import { randomInt } from "node:crypto";
import { known, unknown, type Fact } from "../core/fact.ts";
import type { Failure, Reply } from "../core/failure.ts";
import type { Security } from "../core/service.ts";
import { slipInCommand, unknownVerb } from "../proto/smtp/command-injection.ts";
import type { Answer, SmtpSession } from "../proto/smtp/session.ts";
import type { ExamContext } from "./context.ts";
import { holdExtraSession, type ExtraSession, type Place } from "./extra-session.ts";
import type { InjectionOutcome, ObservationOf, SmtpCommandsData, TlsTrial } from "./kinds.ts";
import { observe } from "./observe.ts";
import { hearGreeting } from "./smtp-greeting.ts";
import { tryStarttls } from "./tls-trial.ts";

export interface CommandsSubject extends Place {
  readonly security: Security;
  /** How the session ends: without STARTTLS, or with one that the polite session could not ask. */
  readonly ending: "in-clear" | "anonymous" | "injection";
}

/**
 * Holds the session and records one observation, or two where it ends with STARTTLS; returns the
 * first. One connection; at most six refused commands. Never throws for what the network does.
 */
export async function smtpCommands(
  { security, ending, ...place }: CommandsSubject,
  ctx: ExamContext,
  dependsOn: readonly string[],
): Promise<ObservationOf<"smtp-commands">> {
  return await holdExtraSession(place, ctx, async (extra, opened) => {
    const visit: Visit = { place, ctx, dependsOn, extra };
    if (!("connection" in opened)) {
      const commands = recordCommands(visit, {}, opened);
      recordUnreached(visit, ending, opened, commands.id);
      return commands;
    }
    const session = opened;
    const greeted = await greet(visit, session, security);
    const data = greeted ? {} : await askCommands(session);
    const failure = greeted ?? session.over;
    if (ending === "in-clear" || failure !== undefined) {
      const late = await session.quit();
      extra.timings.commands = session.timings;
      const commands = recordCommands(visit, late ? {} : data, failure ?? late);
      if (failure) recordUnreached(visit, ending, failure, commands.id);
      return commands;
    }
    const said = extra.transcript.length;
    extra.timings.commands = session.timings.slice();
    const commands = recordCommands(visit, data, undefined, said);
    await endUnderTls(visit, session, ending, said, commands.id);
    return commands;
  });
}

/** What belongs to one call of the probe. */
interface Visit {
  readonly place: Place;
  readonly ctx: ExamContext;
  readonly dependsOn: readonly string[];
  readonly extra: ExtraSession;
}

/** Steps 1 to 3; the failure that ended the session. */
async function greet(
  { place, ctx, extra }: Visit,
  session: SmtpSession,
  security: Security,
): Promise<Failure | undefined> {
  const draft: Parameters<typeof hearGreeting>[3] = {};
  const failure = await hearGreeting(session, place.host, security, draft, ctx);
  if (draft.greetingMs !== undefined) extra.timings.greetingMs = draft.greetingMs;
  if (draft.tls?.known) extra.timings.tlsMs = draft.tls.value.handshakeMs;
  if (failure) return failure;
  ctx.progress({ text: `VRFY and EXPN at ${place.host}` });
  return (await session.hello(ctx.identity.ehloName)).failure;
}

/** Step 4. */
async function askCommands(session: SmtpSession): Promise<SmtpCommandsData> {
  const ask = async (line: string): Promise<Fact<Reply>> =>
    factOf(await session.command(line, "command"));
  const name = `maildoctor-${randomLetters(8)}`;
  const vrfyPostmaster = await ask("VRFY postmaster");
  const vrfyRandom = await ask(`VRFY ${name}`);
  return {
    vrfyPostmaster,
    vrfyUnknown: vrfyRandom.known ? known({ name, reply: vrfyRandom.value }) : vrfyRandom,
    expnPostmaster: await ask("EXPN postmaster"),
    unknownVerb: await ask(unknownVerb),
    help: await ask("HELP"),
  };
}

/** Steps 5 and 6, in their own observation. */
async function endUnderTls(
  { place, ctx, extra }: Visit,
  session: SmtpSession,
  ending: "anonymous" | "injection",
  said: number,
  commandsId: string,
): Promise<void> {
  const startedAt = ctx.clock.now();
  const asked = session.timings.length;
  const parts = (failure: Failure | undefined) => ({
    failure,
    dependsOn: [commandsId],
    timings: { commands: session.timings.slice(asked) },
    transcript: extra.transcript.slice(said),
  });
  if (ending === "anonymous") {
    ctx.progress({ text: `anonymous TLS with ${place.host}` });
    const trial = await tryStarttls(session, place.host, "anonymous", ctx);
    await session.quit();
    observe(ctx, "tls-anonymous", place, startedAt, { data: { trial }, ...parts(causeOf(trial)) });
    return;
  }
  ctx.progress({ text: `STARTTLS injection at ${place.host}` });
  const { host } = place;
  const slipped = await slipInCommand(session, { host, trust: ctx.trust }, ctx.limits, ctx.signal);
  await session.quit();
  const outcome: Fact<InjectionOutcome> = slipped.outcome
    ? known(slipped.outcome)
    : unknown(slipped.failure);
  observe(ctx, "command-injection", place, startedAt, {
    data: { outcome },
    ...parts(causeOf(outcome)),
  });
}

function recordCommands(
  { place, ctx, dependsOn, extra }: Visit,
  data: Partial<SmtpCommandsData>,
  failure: Failure | undefined,
  said = extra.transcript.length,
): ObservationOf<"smtp-commands"> {
  const rest = unknown(failure ?? "not-applicable");
  return observe(ctx, "smtp-commands", place, extra.startedAt, {
    data: {
      vrfyPostmaster: rest,
      vrfyUnknown: rest,
      expnPostmaster: rest,
      unknownVerb: rest,
      help: rest,
      ...data,
    },
    failure,
    dependsOn,
    timings: extra.timings,
    transcript: extra.transcript.slice(0, said),
  });
}

/** The end that was not reached, with the failure that stands before it. */
function recordUnreached(
  { place, ctx }: Visit,
  ending: CommandsSubject["ending"],
  failure: Failure,
  commandsId: string,
): void {
  const cause = unknown(failure);
  const parts = { failure, dependsOn: [commandsId] };
  const now = ctx.clock.now();
  const trial: Fact<TlsTrial> = cause;
  if (ending === "anonymous")
    observe(ctx, "tls-anonymous", place, now, { data: { trial }, ...parts });
  if (ending === "injection")
    observe(ctx, "command-injection", place, now, { data: { outcome: cause }, ...parts });
}

function causeOf(fact: Fact<unknown>): Failure | undefined {
  return fact.known ? undefined : fact.cause.failure;
}

function factOf(answer: Answer): Fact<Reply> {
  return answer.failure ? unknown(answer.failure) : known(answer.reply);
}

function randomLetters(length: number): string {
  return Array.from({ length }, () => String.fromCharCode(97 + randomInt(26))).join("");
}
