import { failureOfAbort } from "../../core/abort.ts";
import type { Limits } from "../../core/context.ts";
import type { DnsAnswer, RecordType, Resolver } from "../../core/dns.ts";
import type { Failure } from "../../core/failure.ts";
import { escapeText } from "../../core/text.ts";
import type { TrustStore } from "../../wire/tls.ts";
import { createAbortWatch } from "./abort-watch.ts";
import { askServers, type AskContext } from "./ask.ts";
import { failedAnswer, toDnsAnswer } from "./dns-answer.ts";
import { followAliases } from "./follow.ts";
import { createGate } from "./gate.ts";
import { parseName, type DnsName } from "./names.ts";
import { failedOutcome, isFinal, resolverClosed, type Outcome } from "./outcome.ts";
import type { ResolverAddress } from "./resolver-address.ts";
import { createServer } from "./server.ts";

export interface ResolverOptions {
  /** Asked in this order; at least one. */
  readonly servers: readonly ResolverAddress[];
  /** Judges the certificates of servers asked over TLS or HTTPS; Node's own roots unless given. */
  readonly trust?: TrustStore;
  /** Whether the AD bit of these servers counts. */
  readonly trustAd: boolean;
  readonly limits: Limits;
}

// A larger burst overflows the receive buffer of a common resolver (208 KiB, an octet of data costs
// several there), and more at a time were not faster. The clock of a question starts when it is let in.
const questionsAtOnce = 500;
// Answers kept for the run, so that a million domains do not fill the memory; the oldest go first.
const answersKept = 50_000;

/**
 * Returns a resolver that puts questions to the given servers, over UDP and, where an answer was
 * truncated, TCP, or over TLS or HTTPS alone. Each name and type is asked once: callers share the answer, and failures too, so that
 * a server in trouble is not asked again. Aliases are followed, `limits.cnameChain` of them.
 * spec: RFC 1035 7, RFC 5452, RFC 6891, RFC 7766, RFC 7858, RFC 8484.
 */
export function createResolver({
  servers: addresses,
  trust = { name: "bundled" },
  limits,
  trustAd,
}: ResolverOptions): Resolver {
  const servers = addresses.map((address) => createServer(address, limits, trust));
  const gate = createGate(questionsAtOnce);
  const context: AskContext = { servers, limits, running: new Set() };
  const messages = new Map<string, Promise<Outcome>>();
  const answers = new Map<string, Promise<DnsAnswer>>();
  const watch = createAbortWatch();
  let closed = false;

  async function put<T extends RecordType>(name: DnsName, type: T): Promise<Outcome<T>> {
    const leave = await gate.enter();
    try {
      if (closed) return failedOutcome(resolverClosed);
      return await askServers({ name: name.text, type }, name.wire, context);
    } finally {
      leave?.();
    }
  }

  /** One question to the servers, asked once in the run. */
  function ask<T extends RecordType>(name: DnsName, type: T): Promise<Outcome<T>> {
    const make = (): Promise<Outcome> => put(name, type);
    return remember(messages, `${type} ${name.text}`, make) as Promise<Outcome<T>>;
  }

  async function resolve<T extends RecordType>(name: DnsName, type: T): Promise<DnsAnswer<T>> {
    const question = { name: name.text, type };
    const startedAt = performance.now();
    const first = await ask(name, type);
    const outcome = isFinal(first)
      ? first
      : await followAliases(question, first, limits.cnameChain, (text) => {
          const target = parseName(text);
          if ("invalid" in target)
            throw new Error(`"${text}" came from a message: ${target.invalid}`);
          return ask(target, type);
        });
    return toDnsAnswer(question, outcome, trustAd, performance.now() - startedAt);
  }

  return {
    servers: servers.map((server) => server.label),
    query<T extends RecordType>(name: string, type: T, signal?: AbortSignal) {
      const parsed = parseName(name);
      if ("invalid" in parsed)
        return Promise.resolve(
          failedAnswer<T>({ name: escapeText(name), type }, badName(name, parsed.invalid)),
        );
      const make = (): Promise<DnsAnswer> => resolve(parsed, type);
      const stopped = (by: AbortSignal): DnsAnswer<T> =>
        failedAnswer({ name: parsed.text, type }, failureOfAbort(by, "resolve"));
      if (signal?.aborted === true) return Promise.resolve(stopped(signal));
      const key = `${type} ${parsed.text}`;
      const shared = remember(answers, key, make) as Promise<DnsAnswer<T>>;
      return signal === undefined ? shared : watch.race(shared, signal, () => stopped(signal));
    },
    close() {
      closed = true;
      for (const inbox of context.running) inbox.push("cancelled");
      for (const server of servers) server.close();
      watch.clear();
    },
  };
}

function badName(name: string, why: string): Failure {
  const message = `"${escapeText(name.slice(0, 300))}" cannot be asked for: ${why}`;
  return { stage: "resolve", code: "bad-name", message, permanent: true };
}

/** The promise under the key, made when it is not there; the oldest is dropped beyond the limit. */
function remember<V>(
  cache: Map<string, Promise<V>>,
  key: string,
  make: () => Promise<V>,
): Promise<V> {
  const old = cache.get(key);
  if (old !== undefined) return old;
  const fresh = make();
  cache.set(key, fresh);
  if (cache.size > answersKept) {
    const [oldest] = cache.keys();
    if (oldest !== undefined) cache.delete(oldest);
  }
  return fresh;
}
