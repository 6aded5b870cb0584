import type { ExtendedError } from "../../core/dns.ts";
import { readOptions } from "./edns.ts";
import { checkRdata } from "./rdata-shape.ts";
import { MalformedMessage, readName } from "./read-name.ts";

/** One record of a message: where its data lies, and every name that stands in it. */
export interface WireRecord {
  /** Owner name in presentation form. */
  readonly name: string;
  readonly type: number;
  readonly class: number;
  /** At most 2^31 - 1; a TTL with its top bit set is 0. spec: RFC 2181 8. */
  readonly ttlSeconds: number;
  readonly rdataStart: number;
  readonly rdataEnd: number;
  /** Names in the data, in order, in presentation form; empty for types without. */
  readonly names: readonly string[];
}

/** A message whose every part was found to lie inside it. */
export interface DnsMessage {
  readonly bytes: Buffer;
  readonly id: number;
  readonly isResponse: boolean;
  readonly opcode: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionAvailable: boolean;
  readonly authenticData: boolean;
  /** With the upper eight bits of EDNS. spec: RFC 6891 6.1.3. */
  readonly rcode: number;
  readonly question?: { readonly name: string; readonly type: number; readonly class: number };
  readonly answers: readonly WireRecord[];
  readonly authorities: readonly WireRecord[];
  readonly hasEdns: boolean;
  readonly extendedErrors: readonly ExtendedError[];
}

// An answer of 64 KiB with more records than this serves nobody; it bounds memory and time.
const mostRecords = 4096;
const classIn = 1;
const typeOpt = 41;

/**
 * Walks a message and returns its parts, or why it is malformed. Nothing else reads a message from
 * the network. Impossible counts are refused by arithmetic, before anything is read; the records
 * must fill the message exactly, so a wrong count cannot pass for an empty answer.
 * `edns` is true when it is the OPT record that is at fault. spec: RFC 1035 4.1, RFC 6891 6.1.
 */
export function validateMessage(
  bytes: Buffer,
): DnsMessage | { readonly malformed: string; readonly edns?: true } {
  const size = bytes.length;
  if (size < 12) return { malformed: `it is ${size} octets long, and a header takes 12` };
  const questions = bytes.readUInt16BE(4);
  const counts = [bytes.readUInt16BE(6), bytes.readUInt16BE(8), bytes.readUInt16BE(10)] as const;
  const records = counts[0] + counts[1] + counts[2];
  if (12 + 5 * questions + 11 * records > size)
    return { malformed: `${questions} questions and ${records} records do not fit in it` };
  if (questions > 1) return { malformed: "it has more than one question" };
  if (records > mostRecords) return { malformed: `it has more than ${mostRecords} records` };
  try {
    return walk(bytes, questions, counts);
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
    return error instanceof BadEdns
      ? { malformed: error.message, edns: true }
      : { malformed: error.message };
  }
}

class BadEdns extends MalformedMessage {}

function walk(bytes: Buffer, questions: number, counts: readonly number[]): DnsMessage {
  const flags = bytes.readUInt16BE(2);
  let at = 12;
  let question: DnsMessage["question"];
  if (questions === 1) {
    const name = readName(bytes, at);
    at = name.next + 4;
    if (at > bytes.length) throw new MalformedMessage("the question runs past the end");
    question = {
      name: name.text,
      type: bytes.readUInt16BE(at - 4),
      class: bytes.readUInt16BE(at - 2),
    };
  }
  const sections: WireRecord[][] = [[], [], []];
  let opt: { readonly rcodeHigh: number; readonly errors: readonly ExtendedError[] } | undefined;
  for (let section = 0; section < 3; section += 1) {
    for (let left = counts[section] ?? 0; left > 0; left -= 1) {
      const record = readRecord(bytes, at, question?.name);
      at = record.rdataEnd;
      if (record.type !== typeOpt) {
        sections[section]?.push(record);
        continue;
      }
      if (opt !== undefined) throw new BadEdns("it has more than one OPT record");
      if (section !== 2 || record.name !== ".") throw new BadEdns("its OPT record is misplaced");
      const errors = readOptions(bytes, record.rdataStart, record.rdataEnd);
      if (errors === undefined) throw new BadEdns("an EDNS option runs past its data");
      opt = { rcodeHigh: bytes[record.rdataStart - 6] ?? 0, errors };
    }
  }
  if (at !== bytes.length)
    throw new MalformedMessage(`${bytes.length - at} octets follow its last record`);
  return {
    bytes,
    id: bytes.readUInt16BE(0),
    isResponse: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    authenticData: (flags & 0x0020) !== 0,
    rcode: ((opt?.rcodeHigh ?? 0) << 4) | (flags & 15),
    ...(question === undefined ? {} : { question }),
    answers: sections[0] ?? [],
    authorities: sections[1] ?? [],
    hasEdns: opt !== undefined,
    extendedErrors: opt?.errors ?? [],
  };
}

function readRecord(bytes: Buffer, start: number, asked: string | undefined): WireRecord {
  // Nearly every owner is a pointer to the question's name, which was read already.
  const owner =
    asked !== undefined && bytes[start] === 0xc0 && bytes[start + 1] === 12
      ? { text: asked, next: start + 2 }
      : readName(bytes, start);
  const rdataStart = owner.next + 10;
  if (rdataStart > bytes.length) throw new MalformedMessage("a record runs past the end");
  const type = bytes.readUInt16BE(owner.next);
  const klass = bytes.readUInt16BE(owner.next + 2);
  const ttl = bytes.readUInt32BE(owner.next + 4);
  const rdataEnd = rdataStart + bytes.readUInt16BE(owner.next + 8);
  if (rdataEnd > bytes.length) throw new MalformedMessage("the data of a record runs past the end");
  return {
    name: owner.text,
    type,
    class: klass,
    ttlSeconds: ttl > 0x7fff_ffff ? 0 : ttl,
    rdataStart,
    rdataEnd,
    names: klass === classIn ? checkRdata(bytes, type, rdataStart, rdataEnd) : [],
  };
}
