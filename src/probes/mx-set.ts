import type { DnsAnswer, DnsRecord } from "../core/dns.ts";
import { known, unknown, type Fact } from "../core/fact.ts";
import type { ExamContext } from "./context.ts";
import { authenticOf, existsOf, failureOf, firstFailure } from "./dns-facts.ts";
import type { Exchange, ObservationOf } from "./kinds.ts";
import { observe } from "./observe.ts";

/**
 * The MX set of a domain.
 *
 * 1. MX of the domain: the set, or that there is none.
 * 2. Where there is none but the name exists: A and AAAA of the domain itself, which then is its
 *    own exchanger (implicit MX).
 *
 * spec: RFC 5321 5.1, RFC 7505 3.
 */
export async function mxSet(
  subject: { readonly domain: string },
  ctx: ExamContext,
): Promise<ObservationOf<"mx-set">> {
  const startedAt = ctx.clock.now();
  const { domain } = subject;
  const mx = await ctx.resolver.query(domain, "MX", ctx.signal);
  const answers: DnsAnswer[] = [mx];
  let implicit: Fact<boolean> = known(false);
  if (mx.status === "no-data") {
    const own = await Promise.all([
      ctx.resolver.query(domain, "A", ctx.signal),
      ctx.resolver.query(domain, "AAAA", ctx.signal),
    ]);
    answers.push(...own);
    implicit = hasAddress(own);
  } else if (mx.status === "failed") {
    implicit = unknown(failureOf(mx));
  }
  const exchanges = mx.records.map(toExchange).toSorted(inOrder);
  const names = exchanges.map(({ exchange }) => exchange).filter((name) => name !== ".");
  const wanted = implicit.known && implicit.value ? [domain] : [...new Set(names)];
  const hosts = wanted.slice(0, ctx.limits.mxHosts);
  return observe(ctx, "mx-set", subject, startedAt, {
    data: {
      exists: existsOf(mx),
      records: mx.status === "failed" ? unknown(failureOf(mx)) : known(exchanges),
      implicit,
      aliases: mx.status === "failed" ? unknown(failureOf(mx)) : known(mx.cnameChain),
      authentic: authenticOf(mx),
      hosts,
      omitted: wanted.length - hosts.length,
      answers,
    },
    failure: firstFailure(answers),
    timings: { dnsMs: ctx.clock.now() - startedAt },
  });
}

function hasAddress(answers: readonly DnsAnswer<"A" | "AAAA">[]): Fact<boolean> {
  if (answers.some((answer) => answer.records.length > 0)) return known(true);
  const failed = answers.find((answer) => answer.status === "failed");
  return failed === undefined ? known(false) : unknown(failureOf(failed));
}

function toExchange({ value, ttlSeconds }: DnsRecord<"MX">): Exchange {
  return { ...value, ttlSeconds };
}

/** By preference; names break ties so that two runs agree (a sender would choose at random). */
function inOrder(a: Exchange, b: Exchange): number {
  return a.preference - b.preference || (a.exchange < b.exchange ? -1 : 1);
}
