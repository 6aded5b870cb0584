import { reverseNameOf } from "../../../src/core/ip.ts";
import type { MailDomain } from "./plan.ts";

/** The zone that holds all the domains' delegations; signed, the resolver's trust begins here. */
export const topZone = "test";

/** Delegated to a server where nobody answers. */
export const lameZone = "lame.test";

const reverseZones = ["127.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa"];

/** A zone as text in master file format. */
export interface Zone {
  /** Without the trailing dot; "." is the root. */
  readonly name: string;
  readonly text: string;
  readonly signed: boolean;
}

const head = (name: string): string[] => [
  `$ORIGIN ${name === "." ? "." : `${name}.`}`,
  "$TTL 300",
  "@ SOA ns1.test. hostmaster.test. 1 3600 600 86400 300",
  "@ NS ns1.test.",
  "@ NS ns2.test.",
];

/** The zones of the domains, their reverse zones, and an empty root, so that no question leaves. */
export function zonesOf(domains: readonly MailDomain[]): Zone[] {
  const unsigned = (name: string, lines: readonly string[]): Zone => ({
    name,
    text: lines.join("\n") + "\n",
    signed: false,
  });
  return [
    unsigned(".", head(".")),
    ...reverseZones.map((name) => unsigned(name, [...head(name), ...pointers(domains, name)])),
    ...domains.map((domain) => ({
      ...unsigned(domain.name, [...head(domain.name), ...contents(domain)]),
      signed: domain.dnssec === "signed",
    })),
  ];
}

/** `test.` with its delegations; `keys` gives the DS data of each signed zone. */
export function topZoneOf(
  domains: readonly MailDomain[],
  keys: ReadonlyMap<string, readonly string[]>,
): Zone {
  const delegations = domains.flatMap(({ name, dnssec }) => [
    `${name}. NS ns1.test.`,
    ...(dnssec === "bogus" ? [`${name}. DS 4711 13 2 ${"ab".repeat(32)}`] : []),
    ...(keys.get(name) ?? []).map((ds) => `${name}. DS ${ds}`),
  ]);
  const servers = ["ns1 A 127.0.25.251", "ns2 A 127.0.28.251"];
  const lines = [...head(topZone), ...servers, ...delegations, `${lameZone}. NS ns1.test.`];
  return { name: topZone, text: lines.join("\n") + "\n", signed: true };
}

function contents(domain: MailDomain): string[] {
  const addresses = domain.hosts.flatMap((host) =>
    host.addresses.map(({ ip }) => `${host.name}. ${ip.includes(":") ? "AAAA" : "A"} ${ip}`),
  );
  return [...domain.records, '_dmarc TXT "v=DMARC1; p=reject"', ...addresses];
}

function pointers(domains: readonly MailDomain[], zone: string): string[] {
  return domains
    .flatMap(({ hosts }) => hosts)
    .flatMap((host) => host.addresses.map(({ ip }) => [reverseNameOf(ip), host.name] as const))
    .filter(([reverse]) => reverse.endsWith(`.${zone}`))
    .map(([reverse, name]) => `${reverse}. PTR ${name}.`);
}
