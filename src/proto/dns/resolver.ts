import { failureOfAbort } from "../../core/abort.ts";
import type { Clock, Limits } from "../../core/context.ts";
import type { DnsAnswer, RecordType, Resolver } from "../../core/dns.ts";
import { failure, type Failure } from "../../core/failure.ts";
import { escapeText } from "../../core/text.ts";
import { createAbortWatch } from "./abort-watch.ts";
import { askServers } from "./ask.ts";
import { createGate } from "./gate.ts";
import { parseName, type DnsName } from "./names.ts";
import { failedAnswer, toDnsAnswer } from "./dns-answer.ts";
import { followAliases } from "./follow.ts";
import { failedOutcome, type Outcome } from "./outcome.ts";
import { createServer } from "./server.ts";

export interface ResolverOptions {
  /** Asked in this order. IP literals; at least one. */
  readonly servers: readonly { readonly ip: string; readonly port: number }[];
  /** Whether the AD bit of these servers counts. */
  readonly trustAd: boolean;
  readonly limits: Limits;
  readonly clock?: Clock;
  /** Ends every question; its reason is "deadline" or "aborted". */
  readonly signal?: AbortSignal;
}

// A larger burst overflows the receive buffer of a common resolver (208 KiB, an octet of data costs
// several there), and more at a time were not faster. The clock of a question starts when it is let in.
const questionsAtOnce = 500;
// Answers kept for the run, so that a million domains do not fill the memory; the oldest go first.
const answersKept = 50_000;

/**
 * Returns a resolver that puts questions to the given servers over UDP, and TCP where an answer was
 * truncated. Each name and type is asked once: callers share the answer, and failures too, so that
 * a server in trouble is not asked again. Aliases are followed, `limits.cnameChain` of them.
 * spec: RFC 1035 7, RFC 5452, RFC 6891, RFC 7766.
 */
export function createResolver(options: ResolverOptions): Resolver {
  const { limits, trustAd, clock = performance } = options;
  const servers = options.servers.map(createServer);
  const gate = createGate(questionsAtOnce);
  const running = new Set<() => void>();
  const messages = new Map<string, Promise<Outcome>>();
  const answers = new Map<string, Promise<DnsAnswer>>();
  const watch = createAbortWatch();
  let ended: Failure | undefined;

  function end(why: Failure): void {
    ended ??= why;
    for (const cancel of running) cancel();
    for (const server of servers) server.close();
  }
  if (options.signal !== undefined) {
    const { signal } = options;
    watch.add(signal, () => end(failureOfAbort(signal, "resolve")));
  }

  /** One question to the servers, asked once in the run. */
  function ask<T extends RecordType>(name: DnsName, type: T): Promise<Outcome<T>> {
    return remember(messages, `${type} ${name.text}`, async () => {
      const leave = await gate.enter();
      try {
        if (ended !== undefined) return failedOutcome(ended);
        const question = { name: name.text, type };
        const outcome = await askServers(question, name.wire, { servers, limits, running });
        return ended !== undefined && outcome.problem?.code === "aborted"
          ? { ...outcome, problem: ended }
          : outcome;
      } finally {
        leave?.();
      }
    }) as Promise<Outcome<T>>;
  }

  async function resolve<T extends RecordType>(name: DnsName, type: T): Promise<DnsAnswer<T>> {
    const question = { name: name.text, type };
    const startedAt = clock.now();
    const outcome = await followAliases(question, limits.cnameChain, (text) => {
      const target = text === name.text ? name : parseName(text);
      if ("invalid" in target) throw new Error(`"${text}" came from a message: ${target.invalid}`);
      return ask(target, type);
    });
    return toDnsAnswer(question, outcome, trustAd, clock.now() - startedAt);
  }

  return {
    servers: servers.map((server) => server.label),
    async query<T extends RecordType>(name: string, type: T, signal?: AbortSignal) {
      const parsed = parseName(name);
      if ("invalid" in parsed)
        return failedAnswer(
          { name: escapeText(name), type },
          {
            stage: "resolve",
            code: "bad-name",
            message: `"${escapeText(name.slice(0, 300))}" cannot be asked for: ${parsed.invalid}`,
            permanent: true,
          },
        );
      const question = { name: parsed.text, type };
      const stopped = (): DnsAnswer<T> =>
        failedAnswer(question, failureOfAbort(signal as AbortSignal, "resolve"));
      if (signal?.aborted === true) return stopped();
      const shared = remember(answers, `${type} ${parsed.text}`, () =>
        resolve(parsed, type),
      ) as Promise<DnsAnswer<T>>;
      if (signal === undefined) return shared;
      return watch.race(shared, signal, stopped);
    },
    close() {
      end(failure("resolve", "aborted", "the resolver was closed"));
      watch.clear();
    },
  };
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
