import {
  recordTypes,
  type DnsAnswer,
  type DnsRecord,
  type ExtendedError,
  type RecordType,
} from "../../core/dns.ts";
import type { FailureCode } from "../../core/failure.ts";
import { count } from "../../core/text.ts";
import { decodeValue } from "./decode.ts";
import { formatExtendedError } from "./edns.ts";
import { isWithin } from "./names.ts";
import { rcodeName, rcodes } from "./rcodes.ts";
import type { DnsMessage, WireRecord } from "./validate.ts";

/** What is asked: a name in presentation form, lower case without trailing dot, and a type. */
export interface Question<T extends RecordType = RecordType> {
  readonly name: string;
  readonly type: T;
}

/**
 * What one message says about its question. "alias": the name is an alias whose end the message does
 * not tell; the last of `cnameChain` is to be asked for.
 */
export interface Reading<T extends RecordType = RecordType> {
  readonly status: DnsAnswer["status"] | "alias";
  /** For "failed". The text begins after "the resolver ADDRESS ". */
  readonly problem?: { readonly code: FailureCode; readonly text: string };
  readonly rcode: string;
  readonly authenticData: boolean;
  readonly records: readonly DnsRecord<T>[];
  readonly cnameChain: readonly string[];
  readonly extendedErrors: readonly ExtendedError[];
  readonly notes: readonly string[];
}

const classIn = 1;
const typeDname = 39;

/**
 * Reads the answer to the question out of a validated message. Records that belong to other names
 * or classes are left out with a note, and a message that holds nothing else contradicts itself:
 * it is never taken for "no data". spec: RFC 1034 3.6.2, RFC 2181 5, RFC 2308 2, RFC 6604 3.
 */
export function readAnswer<T extends RecordType>(
  message: DnsMessage,
  question: Question<T>,
  mostAliases: number,
): Reading<T> {
  const notes: string[] = [];
  const { answers } = message;
  const isOurs = (record: WireRecord): boolean => record.class === classIn;
  const usable = answers.every(isOurs) ? answers : answers.filter(isOurs);
  const aliens = answers.length - usable.length;
  if (aliens > 0) notes.push(`ignored ${count(aliens, "record")} of another class`);

  const { chain, loop } = followAliases(usable, question, notes, mostAliases);
  const end = chain.at(-1) ?? question.name;
  const number = recordTypes[question.type];
  const wanted = usable.filter((record) => record.type === number && record.name === end);
  const foreign = usable.filter((record) => !belongs(record, number, question.name, chain)).length;
  if (foreign > 0) notes.push(`ignored ${count(foreign, "record")} that nobody asked for`);

  const rcode = rcodeName(message.rcode);
  const { authenticData, extendedErrors } = message;
  const found = (status: Reading["status"], records: readonly DnsRecord<T>[] = []): Reading<T> => ({
    status,
    rcode,
    authenticData,
    records,
    cnameChain: chain,
    extendedErrors,
    notes,
  });
  const asked = `${question.type} ${question.name}`;
  const fail = (code: FailureCode, text: string): Reading<T> => {
    const errors = message.extendedErrors.map(formatExtendedError).join("; ");
    const problem = { code, text: errors === "" ? text : `${text} (${errors})` };
    return { ...found("failed"), problem };
  };

  if (message.rcode !== rcodes.NOERROR && message.rcode !== rcodes.NXDOMAIN)
    return fail(codeOf(message.rcode), `answered ${rcode} to ${asked}`);
  if (loop !== undefined) return fail("dns-cname-loop", `answered ${asked} with ${loop}`);
  if (message.rcode === rcodes.NXDOMAIN) {
    if (usable.some((record) => record.type === number))
      return fail(
        "dns-inconsistent",
        `answered NXDOMAIN to ${asked} and sent such records with it`,
      );
    return found("name-not-found");
  }
  if (wanted.length > 0) {
    const records = decodeAll(message, question.type, wanted, notes);
    if (records === undefined)
      return fail("dns-malformed", `answered ${asked} with a record that cannot be decoded`);
    return found("answer", records);
  }
  if (foreign + aliens > 0 || (message.answers.length > 0 && chain.length === 0))
    return fail(
      "dns-inconsistent",
      `answered ${asked} with nothing but records of other questions`,
    );
  const zoneSpoke = message.authorities.some(
    (record) => record.type === recordTypes.SOA && isWithin(end, record.name),
  );
  // A server that does not recurse points at others; taken for "no data" it would be a wrong diagnosis.
  const referral =
    !zoneSpoke &&
    !message.authoritative &&
    !message.recursionAvailable &&
    message.authorities.some(({ type }) => type === recordTypes.NS);
  if (referral)
    return fail(
      "dns-refused",
      `answered ${asked} with a referral: it does not look names up for others`,
    );
  if (chain.length > 0 && !zoneSpoke) return found("alias");
  return found("no-data");
}

/** The alias targets from the question's name on; a CNAME question is answered by the CNAME itself. */
function followAliases(
  records: readonly WireRecord[],
  question: Question,
  notes: string[],
  mostAliases: number,
): { readonly chain: readonly string[]; readonly loop?: string } {
  const chain: string[] = [];
  if (!records.some(({ type }) => type === recordTypes.CNAME)) return { chain };
  const targets = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { type, name, names } of records) {
    if (type !== recordTypes.CNAME) continue;
    const [target = "."] = names;
    const other = targets.get(name);
    if (other === undefined) targets.set(name, target);
    else if (other !== target) ambiguous.add(name);
  }
  const seen = new Set([question.name]);
  let at = question.name;
  for (;;) {
    if (ambiguous.has(at)) notes.push(`${at} has more than one alias target`);
    const target = targets.get(at);
    if (target === undefined || question.type === "CNAME") return { chain };
    if (seen.has(target)) return { chain, loop: `aliases that lead back to ${target}` };
    if (chain.length === mostAliases) return { chain, loop: `more than ${mostAliases} aliases` };
    seen.add(target);
    chain.push(target);
    at = target;
  }
}

/** Whether the record answers the question or leads from its name to the end of its aliases. */
function belongs(
  { type, name }: WireRecord,
  wanted: number,
  asked: string,
  chain: readonly string[],
): boolean {
  const onTheWay = name === asked || chain.includes(name);
  if (type === wanted || type === recordTypes.CNAME) return onTheWay;
  // A DNAME, and its signature, stand at a name above the alias that was made from it. RFC 6672 3.1.
  if (type !== typeDname && type !== recordTypes.RRSIG) return false;
  return onTheWay || isWithin(asked, name) || chain.some((alias) => isWithin(alias, name));
}

/**
 * The decoded records without duplicates (RFC 2181 5); undefined when one cannot be decoded.
 * Signatures are all kept: what tells them apart is not in their values.
 */
function decodeAll<T extends RecordType>(
  message: DnsMessage,
  type: T,
  wanted: readonly WireRecord[],
  notes: string[],
): readonly DnsRecord<T>[] | undefined {
  const records: DnsRecord<T>[] = [];
  const seen = wanted.length > 1 ? new Set<string>() : undefined;
  for (const record of wanted) {
    const value = decodeValue(message.bytes, type, record);
    if (value === undefined) return undefined;
    if (seen !== undefined) {
      const key = type === "RRSIG" ? String(record.rdataStart) : JSON.stringify(value);
      if (seen.has(key)) continue;
      seen.add(key);
    }
    records.push({ name: record.name, ttlSeconds: record.ttlSeconds, value });
  }
  const dropped = wanted.length - records.length;
  if (dropped > 0) notes.push(`left out ${count(dropped, "duplicate record")}`);
  // A copy has room for these alone; an array that grew has room for sixteen, and answers are kept.
  return records.slice();
}

function codeOf(rcode: number): FailureCode {
  if (rcode === rcodes.SERVFAIL) return "dns-servfail";
  return rcode === rcodes.REFUSED ? "dns-refused" : "dns-rcode";
}
