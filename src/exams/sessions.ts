import { known } from "../core/fact.ts";
import { formatEndpoint } from "../core/ip.ts";
import type { ExamContext } from "../probes/context.ts";
import type { ObservationOf } from "../probes/kinds.ts";
import { observe } from "../probes/observe.ts";
import { smtpSession, type SmtpSubject } from "../probes/smtp-session.ts";
import { matchName } from "../wire/name-match.ts";
import { createDeepSessions, type DeepSessions } from "./deep-sessions.ts";

interface SessionResult {
  readonly hello: ObservationOf<"smtp-hello">;
  readonly envelope?: ObservationOf<"smtp-envelope">;
}

/** Holds the SMTP sessions of a run, so that no address is asked the same question twice. */
export interface Sessions {
  /** The session for a host at an address: a new one, or what an earlier one found out. */
  visit(
    subject: SmtpSubject,
    ctx: ExamContext,
    dependsOn: readonly string[],
  ): Promise<SessionResult>;
  /** What comes after it with `--deep`. */
  readonly deep: DeepSessions;
}

/** Creates the store; one per run. */
export function createSessions(): Sessions {
  const sessions = new Map<string, Promise<SessionResult>>();
  return {
    deep: createDeepSessions(),
    async visit(subject, ctx, dependsOn) {
      const endpoint = formatEndpoint(subject.ip, subject.port);
      const key = `${endpoint} ${subject.domain ?? ""}`;
      const dead = await deadSession(sessions, endpoint);
      const earlier = sessions.get(key) ?? dead;
      if (earlier !== undefined) return share(await earlier, subject, ctx, dependsOn);
      const session = smtpSession(subject, ctx, dependsOn);
      sessions.set(key, session);
      return session;
    },
  };
}

/** An address that did not even connect for one domain is not tried again for another. */
async function deadSession(
  sessions: ReadonlyMap<string, Promise<SessionResult>>,
  endpoint: string,
): Promise<Promise<SessionResult> | undefined> {
  for (const [key, session] of sessions) {
    if (!key.startsWith(`${endpoint} `)) continue;
    const { hello } = await session;
    const code = hello.failure?.code;
    if (hello.failure?.stage === "connect" && code !== "aborted" && code !== "deadline")
      return session;
  }
  return undefined;
}

/** Records for this subject what the session with another host or domain at the address found. */
function share(
  { hello, envelope }: SessionResult,
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
  const same = envelope?.subject.domain === domain ? envelope : undefined;
  const skipReason = same === undefined ? "depends-on" : same.skipReason;
  return {
    hello: copy,
    envelope: observe(ctx, "smtp-envelope", { domain, host, ip, port }, now, {
      data: same?.data ?? null,
      failure: same?.failure,
      ...(skipReason === undefined ? {} : { skipReason }),
      dependsOn: [copy.id],
      timings: same?.timings ?? {},
      ...(same?.transcript === undefined ? {} : { transcript: same.transcript }),
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
