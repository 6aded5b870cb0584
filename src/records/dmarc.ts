import { parseTagList, shorten, type RecordFault } from "./tag-list.ts";

/** What a domain owner asks receivers to do with mail that fails. */
export type DmarcPolicy = "none" | "quarantine" | "reject";

/** A DMARC policy record: its tags with their meaning, absent where the record does not say. */
export interface DmarcRecord {
  /** The domain itself. Receivers read a record without it as "none", where it asks for reports. */
  readonly p?: DmarcPolicy;
  /** Subdomains that exist, and those that do not. */
  readonly sp?: DmarcPolicy;
  readonly np?: DmarcPolicy;
  readonly psd: "y" | "n" | "u";
  /** `t=y`: receivers apply the policy one level weaker. */
  readonly testing: boolean;
  readonly adkim: "r" | "s";
  readonly aspf: "r" | "s";
  /** Report addresses, as published. */
  readonly rua: readonly string[];
  readonly ruf: readonly string[];
  /** Names of tags that this specification does not know; they are ignored. */
  readonly unknownTags: readonly string[];
  readonly faults: readonly RecordFault[];
}

const policies: ReadonlySet<string> = new Set(["none", "quarantine", "reject"]);

/** The values that each tag allows, lower case. spec: RFC 9989 4.8. */
const rules: Readonly<Record<string, { readonly pattern: RegExp; readonly expected: string }>> = {
  p: { pattern: /^(?:none|quarantine|reject)$/, expected: "none, quarantine or reject" },
  sp: { pattern: /^(?:none|quarantine|reject)$/, expected: "none, quarantine or reject" },
  np: { pattern: /^(?:none|quarantine|reject)$/, expected: "none, quarantine or reject" },
  psd: { pattern: /^[ynu]$/, expected: "y, n or u" },
  t: { pattern: /^[yn]$/, expected: "y or n" },
  adkim: { pattern: /^[rs]$/, expected: "r or s" },
  aspf: { pattern: /^[rs]$/, expected: "r or s" },
  fo: { pattern: /^[01ds](?:\s*:\s*[01ds])*$/, expected: "0, 1, d or s" },
};

/** Tags of the older specification that receivers may still read. spec: RFC 9989 C. */
const formerTags: ReadonlySet<string> = new Set(["pct", "rf", "ri"]);

/**
 * Parses a DMARC policy record; a text that does not begin with `v=DMARC1` (case counts) has a fault
 * at 0. Faulty values are left out as receivers leave them out. Never throws. spec: RFC 9989 4.7, 4.8.
 */
export function parseDmarc(text: string): DmarcRecord {
  const { tags, faults: broken } = parseTagList(text);
  const faults: RecordFault[] = [...broken];
  const values = new Map<string, string>();
  const unknownTags: string[] = [];
  const [first] = tags;
  if (first?.name.toLowerCase() !== "v" || first.value !== "DMARC1" || first.position !== 0)
    faults.unshift({
      position: 0,
      text: shorten(text.split(";", 1)[0] ?? ""),
      reason: "the first tag must be v=DMARC1, in capitals",
    });
  for (const tag of tags.slice(1)) {
    const name = tag.name.toLowerCase();
    const reason = faultOf(name, tag.value);
    if (reason !== undefined)
      faults.push({ position: tag.position, text: shorten(`${tag.name}=${tag.value}`), reason });
    else if (isKnownTag(name)) values.set(name, tag.value);
    else if (!formerTags.has(name)) unknownTags.push(tag.name);
  }
  const lower = (name: string): string | undefined => values.get(name)?.toLowerCase();
  return {
    ...policyTag("p", lower("p")),
    ...policyTag("sp", lower("sp")),
    ...policyTag("np", lower("np")),
    psd: lower("psd") === "y" ? "y" : lower("psd") === "n" ? "n" : "u",
    testing: lower("t") === "y",
    adkim: lower("adkim") === "s" ? "s" : "r",
    aspf: lower("aspf") === "s" ? "s" : "r",
    rua: addressesIn(values.get("rua")),
    ruf: addressesIn(values.get("ruf")),
    unknownTags,
    faults: faults.toSorted((a, b) => a.position - b.position),
  };
}

/** True for a report address that can be used: a URI with a scheme. spec: RFC 9989 4.8. */
function isUri(text: string): boolean {
  const uri = /^([a-z][a-z0-9+.-]*):(.+)$/i.exec(text);
  if (uri === null || /[\s\\]/.test(text)) return false;
  return uri[1]?.toLowerCase() !== "mailto" || /^[^@]+@[^@]+\.[^@]+$/.test(uri[2] ?? "");
}

function faultOf(name: string, value: string): string | undefined {
  if (name === "v") return "the version must stand first, and once";
  if (name === "rua" || name === "ruf") {
    const bad = addressesIn(value).find((address) => !isUri(address));
    if (value === "") return "it names no address";
    return bad === undefined ? undefined : `"${shorten(bad)}" is no URI such as mailto:name@domain`;
  }
  const rule = rules[name];
  if (rule === undefined || rule.pattern.test(value.toLowerCase())) return undefined;
  return `the value must be ${rule.expected}`;
}

function isKnownTag(name: string): boolean {
  return Object.hasOwn(rules, name) || name === "rua" || name === "ruf";
}

function addressesIn(value: string | undefined): readonly string[] {
  if (value === undefined) return [];
  return value
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
}

function policyTag<N extends "p" | "sp" | "np">(
  name: N,
  value: string | undefined,
): { readonly [P in N]?: DmarcPolicy } {
  if (value === undefined || !policies.has(value)) return {};
  return { [name]: value as DmarcPolicy } as { readonly [P in N]?: DmarcPolicy };
}
