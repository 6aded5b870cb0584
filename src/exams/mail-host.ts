import type { ExamContext } from "../probes/context.ts";
import { addresses, addressesToVisit } from "../probes/addresses.ts";
import { reverseName } from "../probes/reverse-name.ts";
import type { ObservationOf } from "../probes/kinds.ts";
import { observe } from "../probes/observe.ts";
import { ipFamily } from "../core/ip.ts";
import type { SkipReason } from "../core/fact.ts";
import { serviceOnPort } from "../core/service.ts";
import { skipDeep } from "./deep-sessions.ts";
import type { Sessions } from "./sessions.ts";

interface HostSubject {
  readonly host: string;
  readonly port: number;
  readonly domain?: string;
  /** Known beforehand for an IP literal. */
  readonly ip?: string;
}

/** Looks up a mail host, its reverse names, and visits each of its addresses. */
export async function examineMailHost(
  subject: HostSubject,
  ctx: ExamContext,
  sessions: Sessions | undefined,
  dependsOn: readonly string[],
): Promise<void> {
  if (subject.ip !== undefined) {
    await examineAddress({ ...subject, ip: subject.ip }, ctx, sessions, dependsOn);
    return;
  }
  ctx.progress({ text: `looking up ${subject.host}` });
  const found = await addresses({ host: subject.host }, ctx, dependsOn);
  const visits =
    found.data === null ? [] : addressesToVisit(found.data, ctx.limits.addressesPerHost);
  if (sessions !== undefined && visits.length === 0) skipHost(subject, ctx, found);
  await Promise.all(
    visits.map(({ ip }) => examineAddress({ ...subject, ip }, ctx, sessions, [found.id])),
  );
}

async function examineAddress(
  subject: HostSubject & { readonly ip: string },
  ctx: ExamContext,
  sessions: Sessions | undefined,
  dependsOn: readonly string[],
): Promise<void> {
  const { host, ip, port, domain } = subject;
  const isPublic = ctx.scopeOf(ip) === "public";
  const tasks: Promise<unknown>[] = [];
  if (isPublic) tasks.push(onceReverseName(ip, ctx, dependsOn));
  if (sessions !== undefined) {
    const skip = skipReasonFor(ip, ctx);
    if (skip !== undefined) skipSession(subject, ctx, skip, dependsOn);
    else {
      const security = serviceOnPort(port)?.security ?? "starttls";
      const more = domain === undefined ? {} : { domain };
      const visit = { host, ip, port, security, ...more };
      const polite = sessions.visit(visit, ctx, dependsOn);
      tasks.push(polite.then((seen) => sessions.deep.visit(visit, ctx, seen)));
    }
  }
  await Promise.all(tasks);
}

const reverseNames = new WeakMap<ExamContext, Map<string, Promise<unknown>>>();

/** Two hosts may share an address; its reverse name is one observation. */
function onceReverseName(
  ip: string,
  ctx: ExamContext,
  dependsOn: readonly string[],
): Promise<unknown> {
  let mine = reverseNames.get(ctx);
  if (mine === undefined) reverseNames.set(ctx, (mine = new Map()));
  let answer = mine.get(ip);
  if (answer === undefined) mine.set(ip, (answer = reverseName({ ip }, ctx, dependsOn)));
  return answer;
}

function skipReasonFor(ip: string, ctx: ExamContext): SkipReason | undefined {
  const { passive, ipv4, ipv6 } = ctx.ask;
  if (passive || !(ipFamily(ip) === 6 ? ipv6 : ipv4)) return "not-requested";
  // The address itself is what is wrong; mx/special-purpose-address says so.
  return ctx.mayDial(ip) ? undefined : "not-applicable";
}

/** Records that a host without a usable address was not visited. */
function skipHost(
  { host, port, domain }: HostSubject,
  ctx: ExamContext,
  found: ObservationOf<"addresses">,
): void {
  // Known to have no address: there is nothing to visit. Not known: there may have been.
  const skipReason = found.outcome === "ok" ? "not-applicable" : "depends-on";
  const now = ctx.clock.now();
  const parts = { data: null, skipReason, dependsOn: [found.id] } as const;
  observe(ctx, "smtp-hello", { host, port }, now, parts);
  if (domain !== undefined) observe(ctx, "smtp-envelope", { domain, host, port }, now, parts);
  skipDeep({ host, port }, ctx, skipReason, [found.id]);
}

function skipSession(
  { host, ip, port, domain }: HostSubject & { readonly ip: string },
  ctx: ExamContext,
  skipReason: SkipReason,
  dependsOn: readonly string[],
): void {
  const now = ctx.clock.now();
  const parts = { data: null, skipReason, dependsOn } as const;
  observe(ctx, "smtp-hello", { host, ip, port }, now, parts);
  if (domain !== undefined) observe(ctx, "smtp-envelope", { domain, host, ip, port }, now, parts);
  skipDeep({ host, ip, port }, ctx, skipReason, dependsOn);
}
