import { domainToASCII, domainToUnicode } from "node:url";
import { UsageError } from "./errors.ts";
import { ipFamily } from "./ip.ts";
import { escapeText } from "./text.ts";

/** What the user asked about. */
export interface Target {
  readonly kind: "domain" | "address" | "service";
  /** As typed, escaped. */
  readonly input: string;
  /** A-label form, lower case, no trailing dot; for a service on an IP literal the literal. */
  readonly domain: string;
  /** U-label form for people; the same as `domain` without IDN. */
  readonly unicode: string;
  readonly localPart?: string;
  /** Service targets: the host name or IP literal (without brackets) and the port, if typed. */
  readonly host?: string;
  readonly port?: number;
}

/**
 * Returns the domain's A-label and U-label, lower case, without the trailing dot.
 * Accepts letters, digits, hyphens and underscores in labels of 1 to 63 octets, 253 octets in all,
 * and IDN labels. Throws UsageError for anything else. spec: RFC 1035 2.3.4, RFC 5890 2.3.2.1.
 */
export function parseDomain(input: string): { domain: string; unicode: string } {
  const fail = (why: string): never => {
    throw new UsageError(`${quoteInput(input)} is not a domain name: ${why}`);
  };
  refuseCredentials(input);
  const typed = input.endsWith(".") ? input.slice(0, -1) : input;
  if (typed === "") return fail("it is empty");
  if (/[\p{Cc}\p{Cf}\s]/u.test(typed)) return fail("it contains a space or control character");
  if (ipFamily(typed.replace(/^\[|\]$/g, "")) !== 0) return fail("it is an IP address");
  const ascii = /^[\x21-\x7e]*$/.test(typed) ? typed.toLowerCase() : domainToASCII(typed);
  if (ascii === "") return fail("it cannot be encoded as an internationalised name");
  if (ascii.length > 253) return fail("it is longer than 253 octets");
  for (const label of ascii.split(".")) {
    if (label === "") return fail("it has an empty label");
    if (label.length > 63) return fail("a label is longer than 63 octets");
    if (!/^[a-z0-9_-]+$/.test(label))
      return fail("only letters, digits, hyphens and dots may stand in it");
    if (/^-|-$/.test(label)) return fail("a label begins or ends with a hyphen");
    if (label.startsWith("xn--") && domainToASCII(label) === "")
      return fail("it has an invalid xn-- label");
  }
  if (/(^|\.)\d+$/.test(ascii)) return fail("its last label is a number");
  return { domain: ascii, unicode: escapeText(domainToUnicode(ascii) || ascii) };
}

/** Parses "example.com" or "user@example.com" (the domain counts). Throws UsageError. */
export function parseMailTarget(input: string): Target {
  refuseCredentials(input);
  const at = input.lastIndexOf("@");
  if (at < 0) return { kind: "domain", input: escapeText(input), ...parseDomain(input) };
  const localPart = input.slice(0, at);
  if (localPart === "" || Buffer.byteLength(localPart) > 64 || /[\p{Cc}\p{Cf}\s]/u.test(localPart))
    throw new UsageError(`${quoteInput(input)} is not a mail address`);
  return {
    kind: "address",
    input: escapeText(input),
    localPart: escapeText(localPart),
    ...parseDomain(input.slice(at + 1)),
  };
}

/** Parses "host", "host:port", "192.0.2.1", "[2001:db8::1]:25" or "2001:db8::1". Throws UsageError. */
export function parseServiceTarget(input: string): Target {
  refuseCredentials(input);
  const { host, port } = parseHostPort(input);
  const more = port === undefined ? {} : { port };
  if (ipFamily(host) !== 0)
    return {
      kind: "service",
      input: escapeText(input),
      domain: host,
      unicode: host,
      host,
      ...more,
    };
  const name = parseDomain(host);
  return { kind: "service", input: escapeText(input), ...name, host: name.domain, ...more };
}

/** Splits "host:port"; the host may be a name, an IPv4 literal, or an IPv6 literal, in brackets before a port. */
export function parseHostPort(input: string): { host: string; port?: number } {
  const match = /^\[([^\]]*)\](?::(.*))?$/.exec(input) ?? /^([^:]*):([^:]*)$/.exec(input);
  if (!match) return { host: input };
  const [, host = "", port] = match;
  if (input.startsWith("[") && ipFamily(host) === 0)
    throw new UsageError(`${quoteInput(input)}: only an IP address may stand in brackets`);
  return port === undefined ? { host } : { host, port: parsePort(port) };
}

/** A port number of 1 to 65535. Throws UsageError. */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    throw new UsageError(`${quoteInput(text)} is not a port number (1 to 65535)`);
  return port;
}

/** What was typed, escaped and at most 80 characters long, in quotation marks. */
function quoteInput(input: string): string {
  return `"${escapeText(input.length > 80 ? `${input.slice(0, 80)}…` : input)}"`;
}

/** A password that was typed into a URL is refused, and not repeated. */
function refuseCredentials(input: string): void {
  if (/^(?:[a-z0-9+]*:)?\/\/[^/]*@/i.test(input) || /^[^@/\s]+:[^@]+@[^@]+$/.test(input))
    throw new UsageError(
      "what was typed looks like a name with a password; name the host or address alone",
    );
}
