import { known, type Fact } from "../core/fact.ts";
import { expandIpv6 } from "../core/ip.ts";
import type { AddressesData, AddressRecord } from "../probes/kinds.ts";

/**
 * The addresses of both families, as far as they were asked for: a family that the user switched
 * off is not in question. Unknown when one of them is.
 */
export function allAddresses({ ipv4, ipv6 }: AddressesData): Fact<readonly AddressRecord[]> {
  const asked = [ipv4, ipv6].filter((fact) => !isSwitchedOff(fact));
  const missing = asked.find((fact) => !fact.known);
  if (missing !== undefined && !missing.known) return missing;
  return known(asked.flatMap((fact) => (fact.known ? fact.value : [])));
}

/**
 * The addresses without those that a DNS64 resolver of ours has made of the IPv4 ones: nobody
 * published them. spec: RFC 6052 2.2, RFC 6147 5.1.7.
 */
export function publishedAddresses(data: AddressesData): Fact<readonly AddressRecord[]> {
  const all = allAddresses(data);
  if (!all.known || !data.ipv4.known) return all;
  const embedded = new Set(data.ipv4.value.map(({ ip }) => lastGroups(`::ffff:${ip}`)));
  return known(
    all.value.filter(
      ({ ip, scope }) => !scope.includes("translation") || !embedded.has(lastGroups(ip)),
    ),
  );
}

function lastGroups(ip: string): string {
  return expandIpv6(ip).slice(-2).join(":");
}

/** Whether the host has an address to connect to; one known address is enough to say so. */
export function hasAddress(data: AddressesData): Fact<boolean> {
  if (data.form === "ip-literal" || data.form === "localhost") return known(false);
  if (data.exists.known && !data.exists.value) return known(false);
  const some = [data.ipv4, data.ipv6].some((fact) => fact.known && fact.value.length > 0);
  if (some && data.exists.known) return known(true);
  if (!data.exists.known) return data.exists;
  const all = allAddresses(data);
  return all.known ? known(all.value.length > 0) : all;
}

function isSwitchedOff(fact: Fact<unknown>): boolean {
  return !fact.known && fact.cause.skipped === "not-requested";
}
