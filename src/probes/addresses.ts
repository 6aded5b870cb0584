import type { DnsAnswer } from "../core/dns.ts";
import { known, unknown, type Fact } from "../core/fact.ts";
import { ipFamily } from "../core/ip.ts";
import type { ExamContext } from "./context.ts";
import { failureOf, firstFailure } from "./dns-facts.ts";
import type { AddressesData, AddressRecord, ObservationOf } from "./kinds.ts";
import { observe } from "./observe.ts";

/**
 * The addresses of a mail host: A and AAAA, asked side by side, with the aliases on the way.
 * A host that is no name (an IP literal, localhost) is not looked up.
 */
export async function addresses(
  subject: { readonly host: string },
  ctx: ExamContext,
  dependsOn: readonly string[],
): Promise<ObservationOf<"addresses">> {
  const startedAt = ctx.clock.now();
  const form = formOf(subject.host);
  if (form === "ip-literal" || form === "localhost") {
    const none = unknown("not-applicable");
    const data = {
      exists: none,
      ipv4: none,
      ipv6: none,
      aliases: none,
      form,
      omitted: 0,
      answers: [],
    };
    return observe(ctx, "addresses", subject, startedAt, { data, dependsOn });
  }
  const [a, aaaa] = await Promise.all([
    ctx.resolver.query(subject.host, "A", ctx.signal),
    ctx.resolver.query(subject.host, "AAAA", ctx.signal),
  ]);
  const answers = [a, aaaa];
  const all = a.records.length + aaaa.records.length;
  return observe(ctx, "addresses", subject, startedAt, {
    data: {
      exists: existence(answers),
      ipv4: recordsOf(a, ctx),
      ipv6: recordsOf(aaaa, ctx),
      aliases: aliasesOf(answers),
      form,
      omitted: Math.max(0, all - ctx.limits.addressesPerHost),
      answers,
    },
    failure: firstFailure(answers),
    dependsOn,
    timings: { dnsMs: ctx.clock.now() - startedAt },
  });
}

/** The addresses to visit: at most `most`, both families represented, IPv6 and IPv4 in turn. */
export function addressesToVisit(data: AddressesData, most: number): readonly AddressRecord[] {
  const v4 = data.ipv4.known ? data.ipv4.value : [];
  const v6 = data.ipv6.known ? data.ipv6.value : [];
  const mixed: AddressRecord[] = [];
  for (let index = 0; index < Math.max(v4.length, v6.length); index += 1) {
    for (const record of [v4[index], v6[index]]) if (record) mixed.push(record);
  }
  return mixed.slice(0, most);
}

/** Labels of letters, digits and inner hyphens. Underscores are no host name. spec: RFC 1123 2.1. */
const hostName =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function formOf(host: string): AddressesData["form"] {
  const bare = host.replace(/^\[(.*)\]$/, "$1").replace(/^ipv6:/, "");
  if (ipFamily(bare) !== 0 || /(^|\.)\d+$/.test(host)) return "ip-literal";
  if (host === "localhost" || host.endsWith(".localhost")) return "localhost";
  return hostName.test(host) ? "name" : "invalid-name";
}

function recordsOf(
  answer: DnsAnswer<"A"> | DnsAnswer<"AAAA">,
  ctx: ExamContext,
): Fact<readonly AddressRecord[]> {
  if (answer.status === "failed") return unknown(failureOf(answer));
  return known(
    answer.records.map(({ value, ttlSeconds }) => ({
      ip: value,
      ttlSeconds,
      scope: ctx.scopeOf(value),
    })),
  );
}

/**
 * The name exists when one answer says so, and does not when both deny it. NXDOMAIN for one type
 * should hold for all (RFC 8020 2), but servers are known that give it for AAAA alone: beside a
 * question that failed it proves nothing. spec: RFC 4074 4.2.
 */
function existence(answers: readonly DnsAnswer[]): Fact<boolean> {
  if (answers.some(({ status }) => status === "answer" || status === "no-data")) return known(true);
  const failed = answers.find(({ status }) => status === "failed");
  return failed === undefined ? known(false) : unknown(failureOf(failed));
}

function aliasesOf(answers: readonly DnsAnswer[]): Fact<readonly string[]> {
  const chain = answers.find((answer) => answer.cnameChain.length > 0)?.cnameChain;
  if (chain !== undefined) return known(chain);
  const definite = answers.find((answer) => answer.status !== "failed");
  const first = answers[0];
  if (definite !== undefined || first === undefined) return known([]);
  return unknown(failureOf(first));
}
