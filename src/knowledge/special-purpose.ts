import { ipFamily, parseRanges, type AddressRanges } from "../core/ip.ts";

/** Returns "public", or the name of the special-purpose block that holds the address. */
export type AddressScope = (ip: string) => string;

/**
 * Blocks that are no place for a public mail server, the narrower before the wider.
 * source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 as updated by RFC 8190).
 */
const blocks: readonly (readonly [cidr: string, name: string])[] = [
  ["0.0.0.0/8", "this network"],
  ["10.0.0.0/8", "private use"],
  ["100.64.0.0/10", "shared address space (carrier NAT)"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link local"],
  ["172.16.0.0/12", "private use"],
  ["192.0.0.9/32", "public"],
  ["192.0.0.10/32", "public"],
  ["192.0.0.0/24", "protocol assignments"],
  ["192.0.2.0/24", "documentation"],
  ["192.88.99.0/24", "6to4 relay anycast"],
  ["192.168.0.0/16", "private use"],
  ["198.18.0.0/15", "benchmarking"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "reserved"],
  ["::/128", "unspecified"],
  ["::1/128", "loopback"],
  ["::ffff:0:0/96", "IPv4-mapped"],
  ["64:ff9b::/96", "IPv4/IPv6 translation"],
  ["64:ff9b:1::/48", "IPv4/IPv6 translation"],
  ["100::/64", "discard only"],
  ["2001:20::/28", "public"],
  ["2001:db8::/32", "documentation"],
  ["2001::/23", "protocol assignments"],
  ["2002::/16", "6to4"],
  ["3fff::/20", "documentation"],
  ["5f00::/16", "segment routing"],
  ["fc00::/7", "unique local"],
  ["fe80::/10", "link local"],
  ["fec0::/10", "site local"],
  ["ff00::/8", "multicast"],
  // Everything that is global unicast today lies in 2000::/3.
  ["2000::/3", "public"],
  ["::/0", "reserved"],
];

const table = blocks.map(([cidr, name]) => {
  const ranges = parseRanges([cidr]);
  if ("invalid" in ranges) throw new Error(`bad block ${cidr}`);
  return { ranges, name, family: cidr.includes(":") ? 6 : 4 };
});

/** Builds the one table of what is public; `extra` ranges count as public too (`--treat-as-public`). */
export function createAddressScope(extra?: AddressRanges): AddressScope {
  return (ip) => {
    const family = ipFamily(ip);
    if (family === 0) return "invalid";
    if (extra?.contains(ip)) return "public";
    const block = table.find((entry) => entry.family === family && entry.ranges.contains(ip));
    return block?.name ?? "public";
  };
}
