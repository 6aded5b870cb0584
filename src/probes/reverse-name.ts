import type { DnsAnswer } from "../core/dns.ts";
import { known, unknown, type Fact } from "../core/fact.ts";
import { ipFamily, reverseNameOf } from "../core/ip.ts";
import type { ExamContext } from "./context.ts";
import { failureOf, firstFailure, valuesOf } from "./dns-facts.ts";
import type { ObservationOf } from "./kinds.ts";
import { observe } from "./observe.ts";

/** More PTR names than these are not confirmed one by one. */
const namesConfirmed = 5;

/**
 * The reverse names of an address: PTR, then A or AAAA of each name to see whether it leads back.
 * spec: RFC 1035 3.5, RFC 3596 2.5, RFC 8601 2.7.3.
 */
export async function reverseName(
  subject: { readonly ip: string },
  ctx: ExamContext,
  dependsOn: readonly string[],
): Promise<ObservationOf<"reverse-name">> {
  const startedAt = ctx.clock.now();
  const ptr = await ctx.resolver.query(reverseNameOf(subject.ip), "PTR", ctx.signal);
  const names = valuesOf(ptr);
  const asked = names.known ? names.value.slice(0, namesConfirmed) : [];
  const type = ipFamily(subject.ip) === 6 ? "AAAA" : "A";
  const forward = await Promise.all(
    asked.map(async (name) => {
      const answer = await ctx.resolver.query(name, type, ctx.signal);
      return { name, answer };
    }),
  );
  const answers: DnsAnswer[] = [ptr, ...forward.map(({ answer }) => answer)];
  return observe(ctx, "reverse-name", subject, startedAt, {
    data: {
      names,
      confirmed: names.known
        ? confirmedOf(subject.ip, forward, names.value.length > asked.length)
        : names,
      answers,
    },
    failure: firstFailure(answers),
    dependsOn,
    timings: { dnsMs: ctx.clock.now() - startedAt },
  });
}

/** Known as soon as one name leads back; failed and omitted look-ups matter only where none does. */
function confirmedOf(
  ip: string,
  forward: readonly { name: string; answer: DnsAnswer<"A" | "AAAA"> }[],
  omitted: boolean,
): Fact<readonly string[]> {
  const confirmed = forward
    .filter(({ answer }) => answer.records.some(({ value }) => sameAddress(value, ip)))
    .map(({ name }) => name);
  const failed = forward.find(({ answer }) => answer.status === "failed")?.answer;
  if (confirmed.length > 0) return known(confirmed);
  if (failed !== undefined) return unknown(failureOf(failed));
  return omitted ? unknown("budget") : known(confirmed);
}

function sameAddress(a: string, b: string): boolean {
  return reverseNameOf(a) === reverseNameOf(b);
}
