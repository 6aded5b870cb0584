import { zoneTypes, type Zone, type ZoneMark, type ZoneRecord } from "./zone.ts";

/** What a resolver says to one question. */
export type Resolution =
  | { readonly status: "timeout" | "servfail" }
  | {
      readonly status: "answer" | "no-data" | "name-not-found";
      /** Aliases first, in order. */
      readonly answers: readonly ZoneRecord[];
      /** The SOA of the zone that says so, for a negative answer. */
      readonly authorities: readonly ZoneRecord[];
      /** Every name on the way is marked authentic. */
      readonly authentic: boolean;
      /** Left out of answers over UDP. */
      readonly truncate: boolean;
    };

/** Answers questions from zones; a name that no zone holds does not exist. */
export interface ZoneDatabase {
  /** @param name absolute, without the final dot ("" or "." for the root); any case */
  resolve(name: string, type: number): Resolution;
}

const anyType = 255;
const cnameType = 5;

/**
 * Builds the database of all zones together. Looks up like a resolver: case-insensitively, with
 * wildcards, following aliases until one comes again.
 * spec: RFC 1034 3.6.2, 4.3.2, 4.3.3, RFC 2308 2, RFC 4592 3.3.1
 */
export function createZoneDatabase(zones: readonly Zone[]): ZoneDatabase {
  const nodes = new Map<string, ZoneRecord[]>();
  const existing = new Set<string>([""]);
  for (const record of zones.flatMap((zone) => zone.records)) {
    const key = keyOf(record.name);
    const node = nodes.get(key);
    if (node) node.push(record);
    else nodes.set(key, [record]);
    for (const name of selfAndAbove(key)) existing.add(name);
  }
  const marks = zones.flatMap((zone) => zone.marks);

  const marked = (kind: ZoneMark["kind"], key: string, type: number): boolean =>
    marks.some(
      (mark) =>
        mark.kind === kind &&
        keyOf(mark.name) === key &&
        (mark.type === undefined || mark.type === type),
    );
  const authentic = (key: string): boolean =>
    marks.some((mark) => mark.kind === "authentic" && selfAndAbove(key).includes(keyOf(mark.name)));
  const soaOf = (key: string): readonly ZoneRecord[] => {
    for (const name of [...selfAndAbove(key), ""]) {
      const soa = nodes.get(name)?.find((record) => record.type === "SOA");
      if (soa) return [soa];
    }
    return [];
  };
  const nodeOf = (key: string): readonly ZoneRecord[] | undefined => {
    if (existing.has(key)) return nodes.get(key) ?? [];
    const encloser = selfAndAbove(key).find((name) => existing.has(name)) ?? "";
    const wildcard = nodes.get(encloser === "" ? "*" : `*.${encloser}`);
    return wildcard?.map((record) => ({ ...record, name: key }));
  };

  return {
    resolve(name, type) {
      const answers: ZoneRecord[] = [];
      const seen: string[] = [];
      const end = (status: "answer" | "no-data" | "name-not-found"): Resolution => ({
        status,
        answers,
        authorities: status === "answer" ? [] : soaOf(seen.at(-1) ?? ""),
        authentic: seen.every((key) => authentic(key)),
        truncate: seen.some((key) => marked("truncate", key, type)),
      });
      for (let key = keyOf(name); ;) {
        seen.push(key);
        if (marked("timeout", key, type)) return { status: "timeout" };
        if (marked("servfail", key, type)) return { status: "servfail" };
        const node = nodeOf(key);
        if (!node) return end("name-not-found");
        const found = node.filter((record) => type === anyType || numberOf(record) === type);
        answers.push(...found);
        if (found.length > 0) return end("answer");
        const alias = node.find((record) => record.type === "CNAME");
        if (alias?.type !== "CNAME" || type === cnameType) return end("no-data");
        answers.push(alias);
        key = keyOf(alias.value);
        if (seen.includes(key)) return end("answer");
      }
    },
  };
}

/** Lower case, "" for the root. Only ASCII letters have case in the DNS. spec: RFC 4343 3 */
export function keyOf(name: string): string {
  return name === "." ? "" : name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** "a.b.c" -> ["a.b.c", "b.c", "c"]. */
function selfAndAbove(key: string): readonly string[] {
  const labels = key === "" ? [] : key.split(".");
  return labels.map((_label, index) => labels.slice(index).join("."));
}

function numberOf(record: ZoneRecord): number {
  return record.type === "generic" ? record.number : zoneTypes[record.type];
}
