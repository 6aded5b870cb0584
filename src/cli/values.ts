import { UsageError } from "../core/errors.ts";
import { ipFamily, parseRanges } from "../core/ip.ts";
import { parseDomain, parseHostPort } from "../core/target.ts";
import { escapeText } from "../core/text.ts";

/** Milliseconds of an option in seconds, from 0.1 to `most`. Throws UsageError. */
export function parseSeconds(option: string, text: string, most: number): number {
  const seconds = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 0.1 && seconds <= most))
    throw new UsageError(`${option} "${shown(text)}" is not a number of seconds (0.1 to ${most})`);
  return Math.round(seconds * 1000);
}

/** The ranges as typed, each checked. Throws UsageError. */
export function checkRanges(option: string, cidrs: readonly string[]): readonly string[] {
  const ranges = parseRanges(cidrs);
  if (!("invalid" in ranges)) return cidrs;
  throw new UsageError(
    `${option} "${shown(ranges.invalid)}" is not an address range, as in 192.0.2.0/24`,
  );
}

/** A fully qualified name, or an address literal in brackets. spec: RFC 5321 4.1.1.1, 4.1.3 */
export function parseEhloName(text: string): string {
  const literal = /^\[(?:IPv6:)?([^\]]*)\]$/i.exec(text)?.[1];
  if (literal !== undefined && ipFamily(literal) !== 0)
    return ipFamily(literal) === 6 ? `[IPv6:${literal}]` : `[${literal}]`;
  try {
    const { domain } = parseDomain(text);
    if (domain.includes(".")) return domain;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
  }
  throw new UsageError(
    `--ehlo-name "${shown(text)}" is neither a fully qualified name nor an address in brackets`,
  );
}

/** "HOST[:PORT]", port 25 unless given. Throws UsageError. */
export function parseControl(text: string): { host: string; port: number } {
  const { host, port = 25 } = parseHostPort(text);
  return { host: ipFamily(host) === 0 ? parseDomain(host).domain : host, port };
}

/** What was typed, short and harmless, for an error message. */
export function shown(text: string): string {
  return escapeText(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
