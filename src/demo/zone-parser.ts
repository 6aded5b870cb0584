import { parseRdata, RdataError } from "./zone-rdata.ts";
import { absoluteName, asTtl } from "./zone-text.ts";
import { tokenize, type Entry, type Token } from "./zone-tokens.ts";
import { typeNumber, type Zone, type ZoneMark, type ZoneProblem, type ZoneRecord } from "./zone.ts";

type Result =
  | { readonly zone: Zone; readonly problems?: undefined }
  | { readonly problems: readonly ZoneProblem[]; readonly zone?: undefined };

/**
 * Returns the records and failure marks of a master file, or every problem of it with its line.
 * Understands $ORIGIN, $TTL, relative names, `@`, quoted strings, parentheses, comments, the types
 * A AAAA CAA CNAME MX NS PTR SOA SRV TLSA TXT, and any other as `TYPE43 \# length hex`.
 * The origin is the root until $ORIGIN says otherwise; several $ORIGINs make several zones.
 *
 *     ;! servfail NAME TYPE     answered with SERVFAIL (TYPE `*` for every type)
 *     ;! timeout NAME TYPE      not answered at all
 *     ;! truncate NAME TYPE     TC and no records over UDP
 *     ;! authentic NAME         NAME and what is below it is answered with AD
 *
 * spec: RFC 1035 5.1, RFC 2308 4, RFC 3597 5
 */
export function parseZone(text: string): Result {
  const problems: ZoneProblem[] = [];
  const records: ZoneRecord[] = [];
  let origin = ".";
  let defaultTtl = 3600;
  let owner: string | undefined;

  const read = (entry: Entry): void => {
    const [first, second] = entry.tokens;
    if (entry.problem !== undefined) throw new RdataError(entry.problem);
    if (first?.text.toUpperCase() === "$ORIGIN") {
      origin = nameOf(second, origin);
    } else if (first?.text.toUpperCase() === "$TTL") {
      const ttl = asTtl(second?.text ?? "");
      if (ttl === undefined) throw new RdataError("$TTL takes a time in seconds");
      defaultTtl = ttl;
    } else if (first?.text.startsWith("$")) {
      throw new RdataError(`unknown directive ${first.text}`);
    } else {
      if (!entry.sameOwner) owner = nameOf(first, origin);
      if (owner === undefined) throw new RdataError("the first record has no owner");
      const tokens = entry.sameOwner ? entry.tokens : entry.tokens.slice(1);
      records.push(parseRecord(owner, tokens, origin, defaultTtl));
    }
  };

  for (const entry of tokenize(text)) {
    try {
      read(entry);
    } catch (error) {
      if (!(error instanceof RdataError)) throw error;
      problems.push({ line: entry.line, message: error.message });
    }
  }
  const marks = parseMarks(text, problems);
  return problems.length > 0 ? { problems } : { zone: { records, marks } };
}

function nameOf(token: Token | undefined, origin: string): string {
  const name = token && !token.quoted ? absoluteName(token.text, origin) : undefined;
  if (name === undefined) throw new RdataError(`not a name: ${token?.text ?? ""}`);
  return name;
}

function parseRecord(
  name: string,
  tokens: readonly Token[],
  origin: string,
  defaultTtl: number,
): ZoneRecord {
  let ttlSeconds = defaultTtl;
  let at = 0;
  // TTL and class may stand in either order, and both may be left out.
  for (; at < 2; at += 1) {
    const word = tokens[at]?.text ?? "";
    const ttl = asTtl(word);
    if (ttl !== undefined) ttlSeconds = ttl;
    else if (word.toUpperCase() !== "IN") break;
  }
  const type = tokens[at];
  if (!type || type.quoted) throw new RdataError("the type is missing");
  return { name, ttlSeconds, ...parseRdata(type.text, tokens.slice(at + 1), origin) };
}

/** Marks stand in comments, so that the file stays one that any name server reads. */
function parseMarks(text: string, problems: ZoneProblem[]): readonly ZoneMark[] {
  const marks: ZoneMark[] = [];
  let origin = ".";
  for (const [index, full] of text.split("\n").entries()) {
    const moved = /^\$ORIGIN\s+(\S+)/i.exec(full)?.[1];
    if (moved !== undefined) origin = absoluteName(moved, origin) ?? origin;
    const words = /^;!\s*(.*)$/.exec(full)?.[1]?.trim().split(/\s+/);
    if (!words) continue;
    const mark = parseMark(words, origin);
    if (typeof mark === "string") problems.push({ line: index + 1, message: mark });
    else marks.push(mark);
  }
  return marks;
}

function parseMark([kind, written = "", type, extra]: string[], origin: string): ZoneMark | string {
  const name = absoluteName(written, origin);
  if (name === undefined) return `not a name: ${written}`;
  if (kind === "authentic")
    return type === undefined ? { kind, name } : "authentic takes a name alone";
  if (kind !== "servfail" && kind !== "timeout" && kind !== "truncate")
    return `unknown mark ${kind ?? ""}`;
  if (type === undefined || extra !== undefined) return `${kind} takes a name and a type`;
  if (type === "*") return { kind, name };
  const number = typeNumber(type);
  return number === undefined ? `unknown type ${type}` : { kind, name, type: number };
}
