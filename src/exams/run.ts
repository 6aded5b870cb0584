import { setMaxListeners } from "node:events";
import { performance } from "node:perf_hooks";
import type { Identity } from "../core/context.ts";
import { parseRanges } from "../core/ip.ts";
import type { Observation } from "../core/observation.ts";
import type { Ending } from "../core/report.ts";
import type { Target } from "../core/target.ts";
import { createAddressScope } from "../knowledge/special-purpose.ts";
import type { ExamContext, ProgressEvent } from "../probes/context.ts";
import type { EnvironmentData } from "../probes/kinds.ts";
import { createResolver } from "../proto/dns/resolver.ts";
import { createDial } from "../wire/dial.ts";
import { localAddressFor } from "../wire/local-address.ts";
import { createSlots } from "../wire/slots.ts";
import { exams, type ExamName } from "./index.ts";
import { chooseIdentity, type OwnAddresses } from "./identity.ts";
import { inCanonicalOrder } from "./order.ts";
import type { ExamOptions } from "./options.ts";
import { createSessions } from "./sessions.ts";

/** What was seen of one target. */
export interface Examination {
  readonly observations: readonly Observation[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly ended: Ending;
}

export interface Hooks {
  /** Aborted by the user; what was seen until then is returned. */
  readonly signal: AbortSignal;
  readonly progress: (event: ProgressEvent) => void;
}

/** One run over any number of targets, which share resolver, slots and sessions. */
export interface Run {
  /** Examines a target; never rejects for what the network does. */
  examine(exam: ExamName, target: Target, hooks: Hooks): Promise<Examination>;
  close(): void;
}

// Documentation addresses: a UDP socket is routed there, and nothing is sent.
const somewhere = { ipv4: "192.0.2.1", ipv6: "2001:db8::1" };

/** Opens what the targets of a run share. Close it when done. */
export function createRun(options: ExamOptions): Run {
  const { limits } = options;
  const treatAsPublic = parseRanges(options.treatAsPublic);
  if ("invalid" in treatAsPublic) throw new RangeError(`not a range: ${treatAsPublic.invalid}`);
  const scopeOf = createAddressScope(treatAsPublic);
  const resolver = createResolver({
    servers: options.resolvers,
    trust: options.trust,
    trustAd: options.trustAd,
    limits,
  });
  const dial = createDial({ connectTo: options.connectTo, limits });
  const slots = createSlots(limits.connections, limits.connectionsPerHost);
  const sessions = createSessions();
  let ourselves: Promise<{ identity: Identity; environment: EnvironmentData }> | undefined;

  async function lookAtOurselves(signal: AbortSignal) {
    const [ipv4, ipv6] = await Promise.all([
      localAddressFor(somewhere.ipv4),
      localAddressFor(somewhere.ipv6),
    ]);
    const own: OwnAddresses = { ipv4, ipv6 };
    const identity = await chooseIdentity(options, own, resolver, scopeOf, signal);
    const environment: EnvironmentData = {
      ehloName: identity.ehloName,
      ehloSource: identity.ehloSource,
      resolvers: resolver.servers,
      dnssecTrusted: options.trustAd,
      ipv4Route: ipv4 !== undefined,
      ipv6Route: ipv6 !== undefined,
      weakened: options.weakened,
    };
    return { identity, environment };
  }

  return {
    async examine(exam, target, hooks) {
      const startedAt = new Date().toISOString();
      const start = performance.now();
      const observations: Observation[] = [];
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(new Error("deadline")), limits.deadlineMs);
      const interrupted = new AbortController();
      const interrupt = (): void => interrupted.abort(new Error("aborted"));
      if (hooks.signal.aborted) interrupt();
      hooks.signal.addEventListener("abort", interrupt, { once: true });
      const signal = AbortSignal.any([deadline.signal, interrupted.signal]);
      // Every question, session and target in flight listens to them.
      setMaxListeners(0, signal, hooks.signal);
      try {
        hooks.progress({ text: "finding out who we are" });
        ourselves ??= lookAtOurselves(signal);
        const { identity, environment } = await ourselves;
        const ctx: ExamContext = {
          signal,
          clock: { now: () => performance.now() - start },
          limits,
          slots,
          dial,
          resolver,
          identity,
          trust: options.trust,
          scopeOf,
          mayDial: (ip) => options.allowPrivate || scopeOf(ip) === "public",
          ask: options,
          record(observation) {
            observations.push(observation as unknown as Observation);
            return observation;
          },
          progress: hooks.progress,
        };
        await exams[exam]({ target, ctx, sessions, environment, control: options.control });
      } finally {
        clearTimeout(timer);
        hooks.signal.removeEventListener("abort", interrupt);
      }
      return {
        observations: inCanonicalOrder(observations),
        startedAt,
        durationMs: Math.round(performance.now() - start),
        ended: signal.aborted ? endingOf(signal) : "complete",
      };
    },
    close() {
      resolver.close();
    },
  };
}

function endingOf(signal: AbortSignal): Ending {
  return signal.reason instanceof Error && signal.reason.message === "aborted"
    ? "aborted"
    : "deadline";
}
