import type { DnsAnswer } from "../core/dns.ts";
import { known, unknown, type Fact } from "../core/fact.ts";
import { failure } from "../core/failure.ts";
import type { ExamContext } from "./context.ts";
import { authenticOf, failureOf, firstFailure, valuesOf } from "./dns-facts.ts";
import type { DelegationData, ObservationOf } from "./kinds.ts";
import { observe } from "./observe.ts";

/**
 * The zone that holds a domain, found by asking for SOA from the domain upwards until a name
 * answers with its own, and that zone's name servers. spec: RFC 1034 4.2.2, RFC 2181 6.1.
 */
export async function delegation(
  subject: { readonly domain: string },
  ctx: ExamContext,
): Promise<ObservationOf<"delegation">> {
  const startedAt = ctx.clock.now();
  const answers: DnsAnswer[] = [];
  let labels = subject.domain.split(".");
  let zone: Fact<string> = unknown(failure("resolve", "no-data", "no zone was found"));
  let serial: Fact<number> = zone;
  let authentic: Fact<boolean> = zone;
  while (labels.length > 0) {
    const name = labels.join(".");
    const soa = await ctx.resolver.query(name, "SOA", ctx.signal);
    answers.push(soa);
    const record = soa.cnameChain.length === 0 ? soa.records[0] : undefined;
    if (soa.status === "failed") {
      zone = serial = authentic = unknown(failureOf(soa));
      break;
    }
    if (record !== undefined) {
      zone = known(name);
      serial = known(record.value.serial);
      authentic = authenticOf(soa);
      break;
    }
    labels = labels.slice(1);
  }
  const nameServers = zone.known ? await serversOf(zone.value, ctx, answers) : zone;
  const data: DelegationData = { zone, nameServers, serial, authentic, answers };
  return observe(ctx, "delegation", subject, startedAt, {
    data,
    failure: firstFailure(answers),
    timings: { dnsMs: ctx.clock.now() - startedAt },
  });
}

async function serversOf(
  zone: string,
  ctx: ExamContext,
  answers: DnsAnswer[],
): Promise<Fact<readonly string[]>> {
  const ns = await ctx.resolver.query(zone, "NS", ctx.signal);
  answers.push(ns);
  const names = valuesOf(ns);
  return names.known ? known(names.value.toSorted()) : names;
}
