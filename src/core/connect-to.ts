import { UsageError } from "./errors.ts";
import { expandIpv6, ipFamily } from "./ip.ts";
import { escapeText } from "./text.ts";

/** Where to connect: an address of a host. */
export interface Endpoint {
  readonly host: string;
  /** An IP literal; nothing looks it up. */
  readonly ip: string;
  readonly port: number;
}

/** One `--connect-to` rule; an absent part matches anything, an absent new port keeps the old one. */
export interface ConnectTo {
  readonly host?: string;
  readonly port?: number;
  readonly toIp: string;
  readonly toPort?: number;
}

/**
 * Parses "HOST:PORT:ADDR:PORT" as curl's option of that name does: HOST is a name or an IP literal
 * (IPv6 in brackets), ADDR an IP literal (IPv6 in brackets); an empty HOST or PORT matches any, an
 * empty last PORT keeps the port. Throws UsageError for anything else.
 */
export function parseConnectTo(text: string): ConnectTo {
  const match = /^(\[[^\]]*\]|[^:[\]]*):(\d*):(\[[^\]]*\]|[^:[\]]*):(\d*)$/.exec(text);
  const fail = (why: string): never => {
    throw new UsageError(
      `--connect-to "${escapeText(text.slice(0, 120))}": ${why}; expected HOST:PORT:ADDR:PORT`,
    );
  };
  if (!match) return fail("it does not have four parts");
  const [, host = "", port = "", to = "", toPort = ""] = match;
  const toIp = withoutBrackets(to);
  if (ipFamily(toIp) === 0) return fail("the third part must be an IP address");
  if ((ipFamily(toIp) === 6) !== to.startsWith("["))
    return fail("brackets belong around IPv6 addresses");
  if (host.startsWith("[") && ipFamily(withoutBrackets(host)) !== 6)
    return fail("only an IPv6 address may stand in brackets");
  if (/[\p{Cc}\p{Cf}\s]/u.test(host)) return fail("the host contains a space or control character");
  for (const part of [port, toPort])
    if (part !== "" && (Number(part) < 1 || Number(part) > 65_535))
      return fail("a port is a number from 1 to 65535");
  return {
    ...(host === "" ? {} : { host: plainName(withoutBrackets(host)) }),
    ...(port === "" ? {} : { port: Number(port) }),
    toIp,
    ...(toPort === "" ? {} : { toPort: Number(toPort) }),
  };
}

/** The address and port to dial for the endpoint: those of the first rule that matches, else its own. */
export function applyConnectTo(
  rules: readonly ConnectTo[],
  endpoint: Endpoint,
): { readonly ip: string; readonly port: number } {
  const { host, ip, port } = endpoint;
  const rule = rules.find(
    (candidate) =>
      (candidate.port === undefined || candidate.port === port) &&
      (candidate.host === undefined ||
        candidate.host === plainName(host) ||
        candidate.host === plainName(ip)),
  );
  return rule === undefined ? { ip, port } : { ip: rule.toIp, port: rule.toPort ?? port };
}

function withoutBrackets(text: string): string {
  return text.replace(/^\[|\]$/g, "");
}

/** One spelling for each host: IPv6 in full, names in lower case without the trailing dot. */
function plainName(host: string): string {
  if (ipFamily(host) === 6) return expandIpv6(host).join(":");
  return host.toLowerCase().replace(/\.$/, "");
}
