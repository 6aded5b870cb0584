/*
 * One SMTP session on one address, politely, as far as it comes:
 *
 *  1.  connect
 *  2.  (implicit TLS: handshake)
 *  3.  S: 220 greeting            waited for whole; after silence one ClientHello
 *  4.  C: EHLO name               HELO where EHLO is refused
 *  5.  C: STARTTLS                where offered: handshake, C: EHLO name
 *  6.  C: MAIL FROM:<>            for a domain, unless switched off
 *      C: RCPT TO:<postmaster@domain>
 *      C: RCPT TO:<maildoctor-xxxxxxxx@domain>
 *      C: RSET
 *      C: MAIL FROM:<sender>
 *      C: RCPT TO:<maildoctor-probe@example.net>
 *      C: RSET
 *      C: MAIL FROM:<>            and the recipients, for each further domain that waits
 *  7.  C: QUIT
 */
import { failureOfAbort } from "../core/abort.ts";
import { known, unknown } from "../core/fact.ts";
import type { Failure } from "../core/failure.ts";
import type { Timings, TranscriptEntry } from "../core/observation.ts";
import { serviceOnPort, type Security } from "../core/service.ts";
import { SmtpSession } from "../proto/smtp/session.ts";
import type { Connection } from "../wire/connection.ts";
import type { ExamContext } from "./context.ts";
import type { ObservationOf, SmtpEnvelopeData, SmtpHelloData } from "./kinds.ts";
import { observe } from "./observe.ts";
import { isOwnNetwork } from "./own-network.ts";
import { askEnvelope, envelopeUnknown, type EnvelopeAnswers } from "./smtp-envelope.ts";
import type { HelloDraft } from "./smtp-greeting.ts";
import { sayHello } from "./smtp-hello.ts";

export interface SmtpSubject {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
  /** The domain whose recipients are asked about; without it only the handshake is made. */
  readonly domain?: string;
  /** That of the port by the book unless given; STARTTLS on ports without a service. */
  readonly security?: Security;
}

/** The recipients of a further domain, asked about in the session of the first; not recorded yet. */
export interface SharedEnvelope extends EnvelopeAnswers {
  readonly domain: string;
  readonly timings: Timings;
  readonly transcript: readonly TranscriptEntry[];
}

export interface SmtpObservations {
  readonly hello: ObservationOf<"smtp-hello">;
  /** Present when a domain was given. */
  readonly envelope?: ObservationOf<"smtp-envelope">;
  readonly shared?: readonly SharedEnvelope[];
}

/**
 * Holds one session and returns its observations, recorded. One connection at most; never throws
 * for what the network does; what was learnt before a failure stays.
 *
 * @param more gives the next domain that waits for the address, as long as the session may go on
 */
export async function smtpSession(
  subject: SmtpSubject,
  ctx: ExamContext,
  dependsOn: readonly string[],
  more: () => string | undefined = () => undefined,
): Promise<SmtpObservations> {
  const { domain, host, ip, port } = subject;
  const place = { host, ip, port };
  const startedAt = ctx.clock.now();
  const visit: Visit = { domain, place, ctx, dependsOn, more, startedAt, timings: {} };
  const release = await slot(host, ctx);
  if (release === undefined)
    return withoutEnvelope(visit, {}, failureOfAbort(ctx.signal, "connect"), []);
  try {
    const dialledAt = ctx.clock.now();
    visit.timings.slotWaitMs = Math.round(dialledAt - visit.startedAt);
    ctx.progress({ text: `connection to ${host}` });
    const dialled = await ctx.dial(place, ctx.signal);
    visit.timings.connectMs = Math.round(ctx.clock.now() - dialledAt);
    if ("failure" in dialled)
      return withoutEnvelope(visit, {}, dialled.failure, dialled.transcript);
    try {
      const security = subject.security ?? serviceOnPort(port)?.security ?? "starttls";
      return await converse(visit, dialled.connection, security);
    } finally {
      dialled.connection.destroy();
    }
  } finally {
    release();
  }
}

/** What belongs to one call of the probe. */
interface Visit {
  readonly domain: string | undefined;
  readonly place: { readonly host: string; readonly ip: string; readonly port: number };
  readonly ctx: ExamContext;
  readonly dependsOn: readonly string[];
  readonly more: () => string | undefined;
  readonly startedAt: number;
  readonly timings: { -readonly [K in keyof Timings]: Timings[K] };
}

/** Steps 2 to 7 on a connection. */
async function converse(
  visit: Visit,
  connection: Connection,
  security: Security,
): Promise<SmtpObservations> {
  const { ctx, domain, place, timings } = visit;
  const { localAddress, transcript } = connection;
  const session = new SmtpSession(connection, ctx.limits, ctx.signal);
  const draft: HelloDraft = { connected: known(true) };
  const failure = await sayHello(session, place.host, security, draft, ctx);
  if (draft.greetingMs !== undefined) timings.greetingMs = draft.greetingMs;
  if (draft.tls?.known) timings.tlsMs = draft.tls.value.handshakeMs;
  draft.oddities = [...session.oddities];
  draft.ownNetwork = isOwnNetwork(localAddress, place.ip, ctx.scopeOf);
  if (localAddress !== "") draft.localAddress = localAddress;

  if (domain === undefined || !ctx.ask.envelope || draft.hello?.known !== true) {
    await session.quit();
    timings.commands = session.timings;
    return withoutEnvelope(visit, draft, failure, transcript.entries);
  }

  const said = transcript.entries.length;
  const commands = session.timings.slice();
  timings.commands = commands;
  const hello = recordHello(visit, draft, failure, transcript.entries.slice(0, said));
  const envelopeAt = ctx.clock.now();
  const asked = failure
    ? { data: envelopeUnknown(failure), failure }
    : await askEnvelope(session, domain, ctx);
  const end = { commands: session.timings.length, said: transcript.entries.length };
  const others = await askOthers(visit, session, asked.data.relay);
  // Without others, QUIT belongs to this domain's part.
  const own = others.length > 0 ? end : undefined;
  const outOfStep = await session.quit();
  const envelope = observe(ctx, "smtp-envelope", { domain, ...place }, envelopeAt, {
    ...(outOfStep ? { data: envelopeUnknown(outOfStep), failure: outOfStep } : asked),
    dependsOn: [hello.id],
    timings: { commands: session.timings.slice(commands.length, own?.commands) },
    transcript: transcript.entries.slice(said, own?.said),
  });
  const shared = others.map((other) =>
    outOfStep ? { ...other, data: envelopeUnknown(outOfStep), failure: outOfStep } : other,
  );
  return { hello, envelope, shared };
}

/** A postmaster may be refused, and a stranger should be: so much room a domain needs. */
const refusalsOfDomain = 2;

/** Asks about the domains that wait for the address, until none does or the server has had enough. */
async function askOthers(
  { ctx, more }: Visit,
  session: SmtpSession,
  relay: SmtpEnvelopeData["relay"],
): Promise<readonly SharedEnvelope[]> {
  const others: SharedEnvelope[] = [];
  const { entries } = session.connection.transcript;
  while (
    session.over === undefined &&
    session.rejected + refusalsOfDomain <= ctx.limits.rejectedCommands
  ) {
    const domain = more();
    if (domain === undefined) break;
    const from = { commands: session.timings.length, said: entries.length };
    const answers = await askEnvelope(session, domain, ctx, relay);
    others.push({
      ...answers,
      domain,
      timings: { commands: session.timings.slice(from.commands) },
      transcript: entries.slice(from.said),
    });
  }
  return others;
}

function recordHello(
  visit: Visit,
  draft: HelloDraft,
  failure: Failure | undefined,
  transcript: readonly TranscriptEntry[],
): ObservationOf<"smtp-hello"> {
  const { ctx, dependsOn, place, startedAt, timings } = visit;
  const data = completeHello(draft, failure);
  const parts = { data, failure, dependsOn, timings, transcript };
  return observe(ctx, "smtp-hello", place, startedAt, parts);
}

/** Records the hello, and for a domain an envelope that was not asked about. */
function withoutEnvelope(
  visit: Visit,
  draft: HelloDraft,
  failure: Failure | undefined,
  transcript: readonly TranscriptEntry[],
): SmtpObservations {
  const { ctx, domain, place } = visit;
  const hello = recordHello(visit, draft, failure, transcript);
  if (domain === undefined) return { hello };
  const skipReason = ctx.ask.envelope ? "depends-on" : "not-requested";
  const parts = { data: null, skipReason, dependsOn: [hello.id] } as const;
  const envelope = observe(ctx, "smtp-envelope", { domain, ...place }, ctx.clock.now(), parts);
  return { hello, envelope };
}

/** The release function of a slot; undefined when the run ended while we waited. */
async function slot(host: string, ctx: ExamContext): Promise<(() => void) | undefined> {
  try {
    return await ctx.slots.acquire(host, ctx.signal);
  } catch (error) {
    if (ctx.signal.aborted) return undefined;
    throw error;
  }
}

/** The facts that were not reached are unknown because of the failure. */
function completeHello(
  { greetingMs: _timing, ...draft }: HelloDraft,
  failure: Failure | undefined,
): SmtpHelloData {
  const rest = unknown(failure ?? "not-applicable");
  return {
    connected: rest,
    greeting: rest,
    greetingName: rest,
    hello: rest,
    extensions: rest,
    starttls: rest,
    tls: rest,
    extensionsAfterTls: rest,
    masked: [],
    oddities: [],
    ownNetwork: false,
    ...draft,
  };
}
