import { expandIpv6, ipFamily } from "../core/ip.ts";
import { createAddressScope, type AddressScope } from "../knowledge/special-purpose.ts";

const builtInScope = createAddressScope();

/**
 * True when the server may know us, so that what it permits us says little about strangers: its
 * address is not public, or in the /24 (IPv6: /64) of our own. What the user declared public by
 * option is taken at his word.
 */
export function isOwnNetwork(localAddress: string, ip: string, scopeOf: AddressScope): boolean {
  if (scopeOf(ip) !== "public") return true;
  if (builtInScope(ip) !== "public" || ipFamily(localAddress) !== ipFamily(ip)) return false;
  return prefixOf(localAddress) === prefixOf(ip);
}

function prefixOf(ip: string): string {
  return ipFamily(ip) === 4
    ? ip.split(".").slice(0, 3).join(".")
    : expandIpv6(ip).slice(0, 4).join(":");
}
