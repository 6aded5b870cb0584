import { UsageError } from "../../core/errors.ts";
import { formatEndpoint, ipFamily } from "../../core/ip.ts";
import { parseDomain, parseHostPort } from "../../core/target.ts";
import { escapeText } from "../../core/text.ts";

/** A resolver, and how it is asked: over UDP and TCP unless `over` says otherwise. */
export type ResolverAddress =
  | { readonly ip: string; readonly port: number; readonly over?: undefined }
  | {
      readonly ip: string;
      readonly port: number;
      readonly over: "tls";
      /** What the certificate must be for: a host name, or the address itself. */
      readonly name: string;
    }
  | {
      readonly ip: string;
      readonly port: number;
      readonly over: "https";
      readonly name: string;
      /** With its leading slash. */
      readonly path: string;
    };

/**
 * Returns the server that `--resolver` names: `ADDR[:PORT]`; `tls://ADDR[:PORT][#NAME]`, whose
 * certificate must be for NAME or else for the address; `https://ADDR[:PORT]/PATH`, or with a name
 * `https://NAME[:PORT]/PATH#ADDR`, so that no other resolver is asked for it. IPv6 stands in brackets
 * before a port and in URLs. Ports 53, 853 and 443 where none is given. Throws UsageError.
 * spec: RFC 7858 3.1, RFC 8484 3.
 */
export function parseResolver(input: string): ResolverAddress {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(input)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const { host, port = 53 } = parseHostPort(input);
    if (ipFamily(host) === 0)
      refuse(input, "give an address, such as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53");
    return { ip: host, port };
  }
  const rest = input.slice(scheme.length + 3);
  // Not repeated: it may hold a password.
  if (/^[^/#]*@/.test(rest)) throw new UsageError("a resolver takes no user name or password");
  if (scheme === "tls") return parseTls(input, rest);
  if (scheme === "https") return parseHttps(input, rest);
  return refuse(input, "give an address, tls://ADDR or https://ADDR/PATH");
}

function parseTls(input: string, rest: string): ResolverAddress {
  const { endpoint, fragment } = splitFragment(rest);
  const { host: ip, port = 853 } = parseHostPort(endpoint);
  if (ipFamily(ip) === 0)
    refuse(input, "give an address, such as tls://192.0.2.53 or tls://192.0.2.53:853#dns.example");
  const name = fragment === undefined ? ip : parseDomain(fragment).domain;
  return { over: "tls", ip, port, name };
}

function parseHttps(input: string, rest: string): ResolverAddress {
  const usage =
    "give an address, such as https://192.0.2.53/dns-query, or a name with its address, such as https://dns.example/dns-query#192.0.2.53";
  const { endpoint: location, fragment } = splitFragment(rest);
  const [, endpoint = "", path = ""] = /^([^/?@]+)(\/[\x21-\x7e]*)$/.exec(location) ?? [];
  if (path === "" || path.length > 1000) refuse(input, usage);
  const { host, port = 443 } = parseHostPort(endpoint);
  const common = { over: "https", port, path } as const;
  if (ipFamily(host) !== 0)
    return fragment === undefined
      ? { ...common, ip: host, name: host }
      : refuse(input, "an address needs no other behind #");
  const ip = fragment?.replace(/^\[(.*)\]$/, "$1") ?? "";
  if (ipFamily(ip) === 0) refuse(input, usage);
  return { ...common, ip, name: parseDomain(host).domain };
}

function splitFragment(text: string): { endpoint: string; fragment: string | undefined } {
  const at = text.indexOf("#");
  return at < 0
    ? { endpoint: text, fragment: undefined }
    : { endpoint: text.slice(0, at), fragment: text.slice(at + 1) };
}

function refuse(input: string, hint: string): never {
  throw new UsageError(`"${escapeText(input.slice(0, 120))}" is not a resolver: ${hint}`);
}

/** How a resolver is called in reports: "192.0.2.53:53", "tls://192.0.2.53:853", "https://dns.example/dns-query". */
export function resolverLabel(address: ResolverAddress): string {
  const { ip, port, over } = address;
  if (over === undefined) return formatEndpoint(ip, port);
  if (over === "tls") return `tls://${formatEndpoint(ip, port)}`;
  return `https://${httpsAuthority(address.name, port)}${address.path}`;
}

/** What `--resolver` would take for the same server. */
export function resolverText(address: ResolverAddress): string {
  const { ip, over } = address;
  const label = resolverLabel(address);
  if (over === undefined || address.name === ip) return label;
  return `${label}#${over === "tls" ? address.name : ip}`;
}

function httpsAuthority(name: string, port: number): string {
  return formatEndpoint(name, port).replace(/:443$/, "");
}
