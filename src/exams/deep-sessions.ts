import type { SkipReason } from "../core/fact.ts";
import { formatEndpoint } from "../core/ip.ts";
import { observationId, type Observation, type Subject } from "../core/observation.ts";
import type { Security } from "../core/service.ts";
import type { ExamContext } from "../probes/context.ts";
import type { Kind, ObservationOf, SmtpHelloData } from "../probes/kinds.ts";
import { observe } from "../probes/observe.ts";
import { smtpCommands, type CommandsSubject } from "../probes/smtp-commands.ts";
import type { SmtpSubject } from "../probes/smtp-session.ts";
import { tlsLegacy, type LegacySubject } from "../probes/tls-legacy.ts";

/** The polite session that comes before. */
interface Polite {
  readonly hello: ObservationOf<"smtp-hello">;
  readonly envelope?: ObservationOf<"smtp-envelope">;
}

/** Holds the extra sessions of a run: at most two for each address, however many ask. */
export interface DeepSessions {
  /**
   * After the polite session, and one after the other: records one observation of each kind of
   * `deepKinds`. Opens nothing, and records nothing, unless the user asked for it.
   */
  visit(subject: SmtpSubject, ctx: ExamContext, polite: Polite): Promise<void>;
}

/** What the extra sessions observe. */
export const deepKinds = [
  "smtp-commands",
  "tls-anonymous",
  "command-injection",
  "tls-legacy",
] as const satisfies readonly Kind[];
type DeepKind = (typeof deepKinds)[number];

/** Creates the store; one per run. */
export function createDeepSessions(): DeepSessions {
  const seen = new Map<string, Promise<readonly Observation[]>>();
  return {
    async visit(subject, ctx, polite) {
      if (!ctx.ask.deep) return;
      const { host, ip, port } = subject;
      const before = polite.envelope ?? polite.hello;
      const skip = obstacle(polite);
      if (skip !== undefined) return skipDeep({ host, ip, port }, ctx, skip, [before.id]);
      const endpoint = formatEndpoint(ip, port);
      const earlier = seen.get(endpoint);
      if (earlier !== undefined) return share(await earlier, { host, ip, port }, ctx, [before.id]);
      const sessions = hold(subject, ctx, polite.hello, [before.id]);
      seen.set(endpoint, sessions);
      await sessions;
    },
  };
}

/** Records that an address was asked nothing more, where more was asked for. */
export function skipDeep(
  place: Subject,
  ctx: ExamContext,
  skipReason: SkipReason,
  dependsOn: readonly string[],
  kinds: readonly DeepKind[] = deepKinds,
): void {
  if (!ctx.ask.deep) return;
  for (const kind of kinds)
    observe(ctx, kind, place, ctx.clock.now(), { data: null, skipReason, dependsOn });
}

/** An address that would not, or could not, finish one polite session is not troubled again. */
function obstacle({ hello, envelope }: Polite): SkipReason | undefined {
  if (hello.skipReason !== undefined) return hello.skipReason;
  return hello.outcome !== "ok" || envelope?.failure !== undefined ? "depends-on" : undefined;
}

/** The extra sessions that the address gives rise to; returns what they recorded. */
async function hold(
  subject: SmtpSubject,
  ctx: ExamContext,
  hello: ObservationOf<"smtp-hello">,
  dependsOn: readonly string[],
): Promise<readonly Observation[]> {
  const { host, ip, port, security = "starttls" } = subject;
  const place = { host, ip, port };
  const mine: Observation[] = [];
  const listening: ExamContext = {
    ...ctx,
    record(observation) {
      mine.push(observation as unknown as Observation);
      return ctx.record(observation);
    },
  };
  const skip = (why: SkipReason, after: readonly string[], ...kinds: DeepKind[]): void =>
    skipDeep(place, listening, why, after, kinds);

  const ending = endingFor(hello.data, ctx);
  if (ending !== "anonymous") skip(unaskedFor(ending), dependsOn, "tls-anonymous");
  if (ending !== "injection")
    skip(
      ctx.ask.testInjection ? "not-applicable" : "not-requested",
      dependsOn,
      "command-injection",
    );
  const commands = await smtpCommands({ ...place, security, ending }, listening, dependsOn);

  const tls = legacySecurity(security, hello.data);
  if (tls === undefined) skip("not-applicable", dependsOn, "tls-legacy");
  else if (isUnwelcome(commands)) skip("depends-on", [commands.id], "tls-legacy");
  else await tlsLegacy({ ...place, security: tls }, listening, [commands.id]);
  return mine;
}

/** With `--test-injection` the one STARTTLS of the second session is spent on that. */
function endingFor(data: SmtpHelloData | null, { ask }: ExamContext): CommandsSubject["ending"] {
  const done = data?.starttls.known === true && data.starttls.value.state === "done";
  if (!done) return "in-clear";
  return ask.testInjection ? "injection" : "anonymous";
}

function unaskedFor(ending: CommandsSubject["ending"]): SkipReason {
  return ending === "injection" ? "not-requested" : "not-applicable";
}

/** How a third handshake begins; undefined without TLS, or where it agreed on an old version already. */
function legacySecurity(
  security: Security,
  data: SmtpHelloData | null,
): LegacySubject["security"] | undefined {
  if (security === "plain" || data === null) return undefined;
  const { starttls, tls } = data;
  const up = security === "implicit" || (starttls.known && starttls.value.state === "done");
  const old = tls.known && !["TLSv1.2", "TLSv1.3"].includes(tls.value.version);
  return up && !old ? security : undefined;
}

/** The server let us not even say hello, or asked us to come back later; or we were cut short. */
function isUnwelcome({ failure }: ObservationOf<"smtp-commands">): boolean {
  if (failure === undefined) return false;
  const { code, stage } = failure;
  return stage !== "command" || ["rate-limited", "aborted", "deadline"].includes(code);
}

/** What was seen at the address before, for another host or domain there. */
function share(
  observations: readonly Observation[],
  place: Subject,
  ctx: ExamContext,
  dependsOn: readonly string[],
): void {
  for (const { kind, data, failure, skipReason, timings, transcript } of observations)
    observe(ctx, kind as DeepKind, place, ctx.clock.now(), {
      data: data as ObservationOf<DeepKind>["data"],
      failure,
      ...(skipReason === undefined ? {} : { skipReason }),
      dependsOn: kind === "smtp-commands" ? dependsOn : [observationId("smtp-commands", place)],
      timings,
      ...(transcript === undefined ? {} : { transcript }),
    });
}
