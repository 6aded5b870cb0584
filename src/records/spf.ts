import { ipFamily } from "../core/ip.ts";
import { domainSpecFault, macroFault } from "./spf-macro.ts";
import { shorten, type RecordFault } from "./tag-list.ts";

export type SpfQualifier = "+" | "-" | "~" | "?";

/** all, include, a, mx, ptr, ip4, ip6 or exists, with its argument. spec: RFC 7208 5. */
export interface SpfMechanism {
  readonly kind: "mechanism";
  readonly name: string;
  readonly qualifier: SpfQualifier;
  /** The domain-spec, macros unexpanded. */
  readonly domain?: string;
  /** The network of ip4 and ip6, without prefix. */
  readonly network?: string;
  /** Prefix lengths; absent where the record does not say (32 and 128). */
  readonly prefix4?: number;
  readonly prefix6?: number;
  readonly text: string;
  readonly position: number;
}

/** `redirect=`, `exp=`, or one that nobody knows and everybody ignores. spec: RFC 7208 6. */
export interface SpfModifier {
  readonly kind: "modifier";
  readonly name: string;
  readonly value: string;
  readonly text: string;
  readonly position: number;
}

export type SpfTerm = SpfMechanism | SpfModifier;

export interface SpfRecord {
  /** The well-formed terms, in order. */
  readonly terms: readonly SpfTerm[];
  /** Any fault makes the whole record a permanent error. */
  readonly faults: readonly RecordFault[];
}

/** What may follow the name of a mechanism. spec: RFC 7208 12. */
const argumentOf: ReadonlyMap<string, "none" | "domain" | "host" | "optional-domain" | "network"> =
  new Map([
    ["all", "none"],
    ["include", "domain"],
    ["exists", "domain"],
    ["a", "host"],
    ["mx", "host"],
    ["ptr", "optional-domain"],
    ["ip4", "network"],
    ["ip6", "network"],
  ]);

/** Names that people write instead, and what they mean. */
const meant: ReadonlyMap<string, string> = new Map([
  ["ip", "ip4 or ip6"],
  ["ipv4", "ip4"],
  ["ipv6", "ip6"],
  ["includes", "include"],
  ["host", "a"],
]);

const lengthLimit = 16_384;

/** True when the text is an SPF record: the version, alone or before a space. spec: RFC 7208 4.5. */
export function isSpfRecord(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

/**
 * Parses an SPF record into terms and faults, without any look-up. A text that is no SPF record has
 * one fault at 0. Never throws. spec: RFC 7208 4.6.1, 7.1, 12.
 */
export function parseSpf(text: string): SpfRecord {
  const terms: SpfTerm[] = [];
  const faults: RecordFault[] = [];
  if (!isSpfRecord(text)) {
    const reason = "the record must begin with v=spf1 and a space";
    return { terms, faults: [{ position: 0, text: shorten(text.split(" ", 1)[0] ?? ""), reason }] };
  }
  for (const match of text.slice(0, lengthLimit).matchAll(/[^ ]+/g)) {
    if (match.index === 0) continue;
    const position = match.index;
    const term = parseTerm(match[0], position);
    if (typeof term === "string") faults.push({ position, text: shorten(match[0]), reason: term });
    else if (isSecondModifier(term, terms))
      faults.push({ position, text: shorten(term.text), reason: `${term.name}= may stand once` });
    else terms.push(term);
  }
  return { terms, faults };
}

/** redirect and exp may stand once; unknown modifiers as often as they like. spec: RFC 7208 6. */
function isSecondModifier(term: SpfTerm, before: readonly SpfTerm[]): boolean {
  if (term.kind !== "modifier" || (term.name !== "redirect" && term.name !== "exp")) return false;
  return before.some((other) => other.kind === "modifier" && other.name === term.name);
}

/** Returns the term, or what is wrong with it. */
function parseTerm(text: string, position: number): SpfTerm | string {
  const modifier = /^([A-Za-z][A-Za-z0-9_.-]*)=(.*)$/s.exec(text);
  if (modifier !== null) {
    const [, name = "", value = ""] = modifier;
    const lower = name.toLowerCase();
    const strict = lower === "redirect" || lower === "exp";
    const fault = strict ? domainSpecFault(value) : macroFault(value);
    return fault?.reason ?? { kind: "modifier", name: lower, value, text, position };
  }
  const directive = /^([-+~?]?)([A-Za-z0-9_.-]*)(.*)$/s.exec(text);
  const [, sign = "", name = "", rest = ""] = directive ?? [];
  const lower = name.toLowerCase();
  const argument = argumentOf.get(lower);
  if (argument === undefined) return unknownMechanism(lower);
  const qualifier = (sign === "" ? "+" : sign) as SpfQualifier;
  const parsed = parseArgument(lower, argument, rest);
  if (typeof parsed === "string") return parsed;
  return { kind: "mechanism", name: lower, qualifier, ...parsed, text, position };
}

function unknownMechanism(name: string): string {
  const better = meant.get(name) ?? meant.get(name.replace(/[^a-z0-9]/g, ""));
  if (better !== undefined) return `there is no mechanism "${name}"; ${better} is meant`;
  return name === "" ? "it is no mechanism and no modifier" : `there is no mechanism "${name}"`;
}

type Argument = Pick<SpfMechanism, "domain" | "network" | "prefix4" | "prefix6">;

function parseArgument(name: string, kind: string, rest: string): Argument | string {
  if (kind === "none") return rest === "" ? {} : `"${name}" takes nothing after it`;
  if (kind === "network") return parseNetwork(name, rest);
  if (kind === "host") return parseHost(rest);
  if (rest === "" && kind === "optional-domain") return {};
  if (!rest.startsWith(":")) return `a colon and a domain must follow "${name}"`;
  const domain = rest.slice(1);
  return domainSpecFault(domain)?.reason ?? { domain };
}

/** `[":" domain-spec] ["/" n] ["//" n]`. */
function parseHost(rest: string): Argument | string {
  const [, body = "", four, six] = /^(.*?)(?:\/(\d+))?(?:\/\/(\d+))?$/s.exec(rest) ?? [];
  const prefixes = parsePrefixes(four, six);
  if (typeof prefixes === "string") return prefixes;
  if (body === "") return prefixes;
  if (!body.startsWith(":")) return "only a colon and a domain, or a prefix length, may follow";
  const domain = body.slice(1);
  return domainSpecFault(domain)?.reason ?? { domain, ...prefixes };
}

function parseNetwork(name: string, rest: string): Argument | string {
  if (!rest.startsWith(":")) return `a colon and an address must follow "${name}"`;
  const [network = "", prefix, more] = rest.slice(1).split("/");
  const family = name === "ip4" ? 4 : 6;
  if (ipFamily(network) !== family) return `"${shorten(network)}" is no IPv${family} address`;
  if (more !== undefined) return "one prefix length may follow the address";
  const prefixes = family === 4 ? parsePrefixes(prefix) : parsePrefixes(undefined, prefix);
  return typeof prefixes === "string" ? prefixes : { network, ...prefixes };
}

function parsePrefixes(four?: string, six?: string): Argument | string {
  if (four !== undefined && !isPrefix(four, 32)) return `"/${four}" is no IPv4 prefix length`;
  if (six !== undefined && !isPrefix(six, 128)) return `"/${six}" is no IPv6 prefix length`;
  return {
    ...(four === undefined ? {} : { prefix4: Number(four) }),
    ...(six === undefined ? {} : { prefix6: Number(six) }),
  };
}

function isPrefix(text: string, most: number): boolean {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= most;
}
