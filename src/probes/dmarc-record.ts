import type { DnsAnswer } from "../core/dns.ts";
import { known, unknown } from "../core/fact.ts";
import { isDmarcRecord, walkDmarc, type WalkStep } from "../records/dmarc-walk.ts";
import type { ExamContext } from "./context.ts";
import { escapedTexts, failureOf } from "./dns-facts.ts";
import type { ObservationOf } from "./kinds.ts";
import { observe } from "./observe.ts";

/**
 * The DMARC record that applies to a domain: TXT at `_dmarc` of the domain, then up the tree.
 * A name that cannot be looked up ends the walk: what lies behind it is unknown.
 * spec: RFC 9989 4.10.
 */
export async function dmarcRecord(
  subject: { readonly domain: string },
  ctx: ExamContext,
): Promise<ObservationOf<"dmarc-record">> {
  const startedAt = ctx.clock.now();
  const answers: DnsAnswer<"TXT">[] = [];
  const walk: WalkStep[] = [];
  const walker = walkDmarc(subject.domain);
  let step = walker.next();
  while (!step.done) {
    const name = step.value;
    const answer = escapedTexts(await ctx.resolver.query(`_dmarc.${name}`, "TXT", ctx.signal));
    answers.push(answer);
    if (answer.status === "failed") {
      const failure = failureOf(answer);
      return observe(ctx, "dmarc-record", subject, startedAt, {
        data: { records: unknown(failure), foundAt: unknown(failure), walk, answers },
        failure,
        timings: { dnsMs: ctx.clock.now() - startedAt },
      });
    }
    const records = answer.records.map(({ value }) => value.join("")).filter(isDmarcRecord);
    walk.push({ name, records });
    step = walker.next(records);
  }
  const { foundAt, records } = step.value;
  return observe(ctx, "dmarc-record", subject, startedAt, {
    data: { records: known(records), foundAt: known(foundAt), walk, answers },
    timings: { dnsMs: ctx.clock.now() - startedAt },
  });
}
