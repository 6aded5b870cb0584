import type { Identity } from "../core/context.ts";
import type { Resolver } from "../core/dns.ts";
import { ipFamily, reverseNameOf } from "../core/ip.ts";
import type { ExamOptions } from "./options.ts";

/** Our own addresses on the routes to the Internet, where there are any. */
export interface OwnAddresses {
  readonly ipv4?: string | undefined;
  readonly ipv6?: string | undefined;
}

/**
 * Chooses the honest name for EHLO: the option, else the confirmed reverse name of our own public
 * address, else this machine's fully qualified name where the DNS knows it, else the address literal.
 * spec: RFC 5321 2.3.5, 4.1.1.1, 4.1.3, 4.1.4.
 */
export async function chooseIdentity(
  options: Pick<ExamOptions, "ehloName" | "hostName">,
  own: OwnAddresses,
  resolver: Resolver,
  scopeOf: (ip: string) => string,
  signal: AbortSignal,
): Promise<Identity> {
  if (options.ehloName !== undefined) return identity(options.ehloName, "option");
  for (const ip of [own.ipv4, own.ipv6]) {
    if (ip === undefined || scopeOf(ip) !== "public") continue;
    const name = await confirmedName(ip, resolver, signal);
    if (name !== undefined) return identity(name, "reverse-name");
  }
  const { hostName } = options;
  if (hostName !== undefined && (await isResolvable(hostName, resolver, signal)))
    return identity(hostName.toLowerCase(), "host-name");
  return identity(addressLiteral(own), "address-literal");
}

function addressLiteral({ ipv4, ipv6 }: OwnAddresses): string {
  return ipv4 === undefined && ipv6 !== undefined ? `[IPv6:${ipv6}]` : `[${ipv4 ?? "127.0.0.1"}]`;
}

/** Names that exist on this machine or in its own network alone ("box.local") are no identity. */
async function isResolvable(
  name: string,
  resolver: Resolver,
  signal: AbortSignal,
): Promise<boolean> {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/i.test(name)) return false;
  if (/\.(?:local|localdomain|localhost|internal|lan|home|arpa)$/i.test(name)) return false;
  const answers = await Promise.all([
    resolver.query(name, "A", signal),
    resolver.query(name, "AAAA", signal),
  ]);
  return answers.some(({ records }) => records.length > 0);
}

async function confirmedName(
  ip: string,
  resolver: Resolver,
  signal: AbortSignal,
): Promise<string | undefined> {
  const ptr = await resolver.query(reverseNameOf(ip), "PTR", signal);
  for (const { value: name } of ptr.records.slice(0, 2)) {
    const forward = await resolver.query(name, ipFamily(ip) === 6 ? "AAAA" : "A", signal);
    if (forward.records.some(({ value }) => reverseNameOf(value) === reverseNameOf(ip)))
      return name;
  }
  return undefined;
}

/** The reverse-path of the relay control lies in our own domain, or in one reserved for examples. */
function identity(ehloName: string, ehloSource: Identity["ehloSource"]): Identity {
  const domain = ehloName.startsWith("[") ? "example.org" : ehloName;
  return { ehloName, ehloSource, sender: `maildoctor-probe@${domain}` };
}
