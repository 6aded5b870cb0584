import { domainToASCII } from "node:url";
import { expandIpv6, ipFamily } from "../core/ip.ts";
import type { NameMatch } from "../core/tls-facts.ts";

/** The identifiers that a certificate presents. */
export interface PresentedNames {
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

/**
 * How the certificate presents the reference identifier, a host name or an IP literal: "exact",
 * "wildcard", or "none" (also without a certificate). Only subjectAltName counts, never the common
 * name; a wildcard is the whole left-most label, stands for one label and has two labels or more
 * after it; IDN compare as A-labels. spec: RFC 9525 6.2, 6.3, 6.4.
 */
export function matchName(
  leaf: PresentedNames | undefined,
  reference: string,
): Exclude<NameMatch, "not-judged"> {
  if (leaf === undefined) return "none";
  if (ipFamily(reference) !== 0) {
    const wanted = plainIp(reference);
    return leaf.ipAddresses.some((ip) => plainIp(ip) === wanted) ? "exact" : "none";
  }
  const wanted = plainDomain(reference);
  if (wanted === "") return "none";
  if (leaf.dnsNames.some((name) => plainDomain(name) === wanted)) return "exact";
  return leaf.dnsNames.some((name) => matchesWildcard(name, wanted)) ? "wildcard" : "none";
}

function matchesWildcard(presented: string, wanted: string): boolean {
  if (!presented.startsWith("*.")) return false;
  const rest = plainDomain(presented.slice(2));
  const dot = wanted.indexOf(".");
  return rest.includes(".") && dot > 0 && wanted.slice(dot + 1) === rest;
}

/** A-labels in lower case without the trailing dot; "" for what is no host name, a wildcard included. */
function plainDomain(name: string): string {
  const ascii = /^[\x21-\x7e]*$/.test(name) ? name.toLowerCase() : domainToASCII(name);
  const plain = ascii.replace(/\.$/, "");
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(plain) ? plain : "";
}

function plainIp(ip: string): string {
  return ipFamily(ip) === 6 ? expandIpv6(ip).join(":") : ip;
}
