import { ipFamily } from "../core/ip.ts";
import type { Observation } from "../core/observation.ts";
import type { Report } from "../core/report.ts";
import { createAddressScope } from "../knowledge/special-purpose.ts";

/** What stands in place of our own addresses and name. */
const masks = { address: "[our address]", name: "[our name]", resolver: "[our resolver]" } as const;

const scopeOf = createAddressScope();

/**
 * The report fit for a ticket: the user name of a mail address, our own addresses and name, those
 * under which servers greet us, and the addresses of private resolvers are masked wherever they
 * stand. The published addresses of the target stay, and so do the findings.
 */
export function maskForSharing(report: Report): Report {
  const published = publishedAddresses(report.observations);
  const replacements = new Map<string, string>();
  // As typed, with the address of a resolver that is called by a name.
  for (const resolver of texts(report.options["resolvers"]))
    if (isPrivate(resolver)) replacements.set(resolver, masks.resolver);
  for (const observation of report.observations) {
    const { localAddress, ehloName, resolvers } = dataOf(observation);
    // Loopback is the same everywhere and gives nothing away.
    if (typeof localAddress === "string" && scopeOf(localAddress) !== "loopback")
      replacements.set(localAddress, masks.address);
    if (typeof ehloName === "string") replacements.set(ehloName, masks.name);
    for (const resolver of texts(resolvers))
      if (isPrivate(resolver)) replacements.set(resolver, masks.resolver);
    for (const ip of addressesSaid(observation))
      if (!published.has(ip) && scopeOf(ip) !== "loopback") replacements.set(ip, masks.address);
  }
  for (const ip of published) replacements.delete(ip);
  const { localPart } = report.target;
  if (localPart !== undefined) replacements.set(`${localPart}@`, `${[...localPart][0] ?? ""}***@`);
  const masked = replaceAll(report, longestFirst(replacements)) as Report;
  return localPart === undefined
    ? masked
    : { ...masked, target: { ...masked.target, localPart: `${[...localPart][0] ?? ""}***` } };
}

function dataOf({ data }: Observation): Readonly<Record<string, unknown>> {
  return data ?? {};
}

/** Addresses that anybody can look up: those of the hosts examined. */
function publishedAddresses(observations: readonly Observation[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { subject, data } of observations) {
    if (subject.ip !== undefined) found.add(subject.ip);
    for (const family of [data?.["ipv4"], data?.["ipv6"]] as readonly (
      { readonly value?: readonly { readonly ip: string }[] } | undefined
    )[])
      for (const { ip } of family?.value ?? []) found.add(ip);
  }
  return found;
}

const literal =
  /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:])/gi;

/** Addresses in what servers said: most greet a client by its address. */
function addressesSaid({ transcript = [], failure, data }: Observation): readonly string[] {
  const lines = [
    ...transcript.filter(({ from }) => from !== "C").map(({ text }) => text),
    ...(failure?.reply?.lines ?? []),
    ...repliesIn(data),
  ];
  return lines.flatMap((line) => line.match(literal) ?? []).filter((text) => ipFamily(text) !== 0);
}

/** The lines of every reply in the data. */
function repliesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("code" in value && "lines" in value) return texts(value.lines);
  return Object.values(value).flatMap((part) => repliesIn(part));
}

/** Whether a resolver's address is nobody else's business, or cannot be told because it has a name. */
function isPrivate(resolver: string): boolean {
  const endpoint = resolver.replace(/^[a-z]+:\/\/([^/#]*).*$/, "$1");
  const ip = endpoint.replace(/^\[(.*)\](?::\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1");
  const scope = scopeOf(ip);
  return scope !== "public" && scope !== "loopback";
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function longestFirst(
  replacements: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  return [...replacements]
    .filter(([text]) => text !== "")
    .toSorted(([a], [b]) => b.length - a.length);
}

function replaceAll(value: unknown, pairs: readonly (readonly [string, string])[]): unknown {
  if (typeof value === "string")
    return pairs.reduce((text, [from, to]) => replaceWhole(text, from, to), value);
  if (Array.isArray(value)) return value.map((item) => replaceAll(item, pairs));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, replaceAll(part, pairs)]),
  );
}

/** Replaces the text where it is not part of a longer name or address. */
function replaceWhole(text: string, from: string, to: string): string {
  if (!text.includes(from)) return text;
  const source = from.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const end = /\w$/.test(from) ? "(?![\\w-])" : "";
  return text.replace(new RegExp(`(?<![\\w.:-])${source}${end}`, "gi"), () => to);
}
