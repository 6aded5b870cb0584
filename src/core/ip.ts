import { BlockList, isIP } from "node:net";

/** 4 or 6 for an IP literal without brackets or zone, else 0. */
export function ipFamily(text: string): 0 | 4 | 6 {
  const family = text.includes("%") ? 0 : isIP(text);
  return family === 4 || family === 6 ? family : 0;
}

/** A set of address ranges in CIDR form ("192.0.2.0/24", "2001:db8::/32", or one address). */
export interface AddressRanges {
  contains(ip: string): boolean;
}

/** Returns the set, or the first text that is not a CIDR range. */
export function parseRanges(
  cidrs: readonly string[],
): AddressRanges | { readonly invalid: string } {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = "", prefix, rest] = cidr.split("/");
    const family = ipFamily(address);
    const most = family === 4 ? 32 : 128;
    const bits = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
    if (family === 0 || rest !== undefined || bits < 0 || bits > most) return { invalid: cidr };
    list.addSubnet(address, bits, family === 4 ? "ipv4" : "ipv6");
  }
  return {
    contains: (ip) => {
      const family = ipFamily(ip);
      return family !== 0 && list.check(ip, family === 4 ? "ipv4" : "ipv6");
    },
  };
}

/** "192.0.2.1:25" or "[2001:db8::1]:25". */
export function formatEndpoint(ip: string, port: number): string {
  return ipFamily(ip) === 6 ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** The network that an address belongs to for counting networks: its /24 or /48. */
export function networkOf(ip: string): string {
  if (ipFamily(ip) === 4) return `${ip.split(".").slice(0, 3).join(".")}.0/24`;
  return `${expandIpv6(ip).slice(0, 3).join(":")}::/48`;
}

/** The eight groups of an IPv6 address, four hex digits each, lower case. */
export function expandIpv6(ip: string): string[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(ip);
  const text = dotted
    ? `${dotted[1]}${hexPair(dotted[2], dotted[3])}:${hexPair(dotted[4], dotted[5])}`
    : ip;
  const [head = "", tail] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...middle, ...right].map((group) => group.toLowerCase().padStart(4, "0"));
}

function hexPair(high: string | undefined, low: string | undefined): string {
  return ((Number(high) << 8) | Number(low)).toString(16);
}

/** The name under which the address's PTR record stands. spec: RFC 1035 3.5, RFC 3596 2.5. */
export function reverseNameOf(ip: string): string {
  if (ipFamily(ip) === 4) return `${ip.split(".").toReversed().join(".")}.in-addr.arpa`;
  return `${[...expandIpv6(ip).join("")].toReversed().join(".")}.ip6.arpa`;
}
