import { known, unknown } from "../core/fact.ts";
import type { ExamContext } from "./context.ts";
import { escapedTexts, failureOf, firstFailure } from "./dns-facts.ts";
import type { ObservationOf } from "./kinds.ts";
import { observe } from "./observe.ts";

/**
 * The SPF records of a domain: its TXT records of which the text is "v=spf1", alone or followed by
 * a space. The strings of one record are joined without a separator. spec: RFC 7208 3.3, 4.5.
 */
export async function spfRecord(
  subject: { readonly domain: string },
  ctx: ExamContext,
): Promise<ObservationOf<"spf-record">> {
  const startedAt = ctx.clock.now();
  const answer = escapedTexts(await ctx.resolver.query(subject.domain, "TXT", ctx.signal));
  const records = answer.records
    .map(({ value }) => value.join(""))
    .filter((text) => /^v=spf1(?: |$)/i.test(text));
  return observe(ctx, "spf-record", subject, startedAt, {
    data: {
      records: answer.status === "failed" ? unknown(failureOf(answer)) : known(records),
      answers: [answer],
    },
    failure: firstFailure([answer]),
    timings: { dnsMs: ctx.clock.now() - startedAt },
  });
}
