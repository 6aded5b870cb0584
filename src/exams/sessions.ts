import { known } from "../core/fact.ts";
import { formatEndpoint } from "../core/ip.ts";
import type { ExamContext } from "../probes/context.ts";
import type { ObservationOf } from "../probes/kinds.ts";
import { observe } from "../probes/observe.ts";
import { smtpSession, type SharedEnvelope, type SmtpSubject } from "../probes/smtp-session.ts";
import { matchName } from "../wire/name-match.ts";
import { createDeepSessions, type DeepSessions } from "./deep-sessions.ts";

interface SessionResult {
  readonly hello: ObservationOf<"smtp-hello">;
  readonly envelope?: ObservationOf<"smtp-envelope">;
}

/** What an earlier session found, for another host or domain to record as its own. */
interface Finding {
  readonly hello: ObservationOf<"smtp-hello">;
  readonly envelope?: ObservationOf<"smtp-envelope"> | SharedEnvelope;
}

/** Holds the SMTP sessions of a run, so that no address is asked the same question twice. */
export interface Sessions {
  /** The session for a host at an address: a new one, or what another one finds out. */
  visit(
    subject: SmtpSubject,
    ctx: ExamContext,
    dependsOn: readonly string[],
  ): Promise<SessionResult>;
  /** What comes after it with `--deep`. */
  readonly deep: DeepSessions;
}

/** A domain that waits until the session at its address has time for it, or is over. */
interface Waiting {
  readonly domain: string;
  /** It ran out of time and waits no more. */
  left: boolean;
  /** With a finding: it was asked about. Without: its turn has come to hold a session. */
  readonly go: (found?: Finding) => void;
}

/** One address: at most one session at a time, in which waiting domains are asked about as well. */
interface Place {
  busy: boolean;
  /** Set once its session failed: the address is not bothered again for another domain. */
  failed: Finding | undefined;
  readonly waiting: Waiting[];
  /** What was found for each target, whose hosts may share the address. */
  readonly found: WeakMap<ExamContext, Promise<Finding>>;
}

/** Creates the store; one per run. */
export function createSessions(): Sessions {
  const places = new Map<string, Place>();
  return {
    deep: createDeepSessions(),
    async visit(subject, ctx, dependsOn) {
      const endpoint = formatEndpoint(subject.ip, subject.port);
      const place = places.get(endpoint) ?? newPlace();
      places.set(endpoint, place);
      const earlier = place.found.get(ctx);
      if (earlier !== undefined) return record(await earlier, subject, ctx, dependsOn);
      let own: SessionResult | undefined;
      const finding = inTurn(place, subject.domain ?? "", ctx.signal, async () => {
        own = await hold(place, subject, ctx, dependsOn);
        return own;
      });
      place.found.set(ctx, finding);
      const found = await finding;
      return own ?? record(found, subject, ctx, dependsOn);
    },
  };
}

function newPlace(): Place {
  return { busy: false, failed: undefined, waiting: [], found: new WeakMap() };
}

/** What the running session finds out for the domain, or what one of its own does when that is over. */
async function inTurn(
  place: Place,
  domain: string,
  signal: AbortSignal,
  holdOwn: () => Promise<SessionResult>,
): Promise<Finding> {
  if (place.busy) {
    const found = await waitAt(place, domain, signal);
    if (found !== undefined) return found;
    // Out of time: what a session would find out now is that, and no connection is made for it.
    if (signal.aborted) return await holdOwn();
  }
  place.busy = true;
  try {
    if (place.failed !== undefined) return place.failed;
    const finding = await holdOwn();
    const { failure } = finding.hello;
    const ours = failure?.code === "aborted" || failure?.code === "deadline";
    if (failure !== undefined && !ours) place.failed = finding;
    return finding;
  } finally {
    let next = place.waiting.shift();
    while (next?.left === true) next = place.waiting.shift();
    place.busy = next !== undefined;
    next?.go();
  }
}

/** Waits until the domain was asked about in the running session, its turn comes, or time is up. */
function waitAt(place: Place, domain: string, signal: AbortSignal): Promise<Finding | undefined> {
  return new Promise((resolve) => {
    const leave = (): void => {
      waiting.left = true;
      resolve(undefined);
    };
    const waiting: Waiting = {
      domain,
      left: false,
      go: (found) => {
        signal.removeEventListener("abort", leave);
        resolve(found);
      },
    };
    signal.addEventListener("abort", leave, { once: true });
    place.waiting.push(waiting);
  });
}

/** Holds a session, and hands what it finds to the domains that were asked about in it. */
async function hold(
  place: Place,
  subject: SmtpSubject,
  ctx: ExamContext,
  dependsOn: readonly string[],
): Promise<SessionResult> {
  const taken: Waiting[] = [];
  const more = (): string | undefined => {
    const at = place.waiting.findIndex(({ domain, left }) => domain !== "" && !left);
    const [next] = at < 0 ? [] : place.waiting.splice(at, 1);
    if (next !== undefined) taken.push(next);
    return next?.domain;
  };
  const { shared = [], ...own } = await smtpSession(subject, ctx, dependsOn, more);
  for (const waiting of taken.toReversed()) {
    const envelope = shared.find(({ domain }) => domain === waiting.domain);
    // What our deadline cut short, or a server that has enough of one session, is asked again.
    if (envelope === undefined || envelope.failure !== undefined) place.waiting.unshift(waiting);
    else waiting.go({ hello: own.hello, envelope });
  }
  return own;
}

/** Records for this subject what the session with another host or domain at the address found. */
function record(
  { hello, envelope }: Finding,
  subject: SmtpSubject,
  ctx: ExamContext,
  dependsOn: readonly string[],
): SessionResult {
  const { host, ip, port, domain } = subject;
  const now = ctx.clock.now();
  const sameHost = hello.subject.host === host;
  const copy = observe(ctx, "smtp-hello", { host, ip, port }, now, {
    data: hello.data === null || sameHost ? hello.data : forHost(hello.data, host),
    failure: hello.failure,
    ...(hello.skipReason === undefined ? {} : { skipReason: hello.skipReason }),
    dependsOn,
    timings: hello.timings,
    ...(hello.transcript === undefined ? {} : { transcript: hello.transcript }),
  });
  if (domain === undefined) return { hello: copy };
  const asked = envelope?.data === null ? undefined : envelope;
  const skipReason =
    envelope !== undefined && "skipReason" in envelope ? envelope.skipReason : undefined;
  return {
    hello: copy,
    envelope: observe(ctx, "smtp-envelope", { domain, host, ip, port }, now, {
      data: asked?.data ?? null,
      failure: asked?.failure,
      ...(asked === undefined ? { skipReason: skipReason ?? "depends-on" } : {}),
      dependsOn: [copy.id],
      timings: envelope?.timings ?? {},
      ...(envelope?.transcript === undefined ? {} : { transcript: envelope.transcript }),
    }),
  };
}

/**
 * The hello as another name of the same address would see it. The certificate was chosen for the
 * name that was sent; when it does not cover the other one, nothing is known about that name.
 */
function forHost(
  data: NonNullable<ObservationOf<"smtp-hello">["data"]>,
  host: string,
): NonNullable<ObservationOf<"smtp-hello">["data"]> {
  if (!data.tls.known) return data;
  const leaf = data.tls.value.chain[0];
  const match = leaf === undefined ? "none" : matchName(leaf, host);
  const nameMatch = match === "none" ? "not-judged" : match;
  const tls = known({ ...data.tls.value, nameMatch, referenceIdentifier: host } as const);
  return { ...data, tls };
}
