import { randomFillSync } from "node:crypto";

const typeOpt = 41;
/** The answer that fits into one packet everywhere. spec: RFC 9715, DNS flag day 2020. */
const udpPayload = 1232;
const flagRecursion = 0x0100;
const flagAuthentic = 0x0020;
const flagDnssecOk = 0x8000;

/** How a question is put. */
export interface QueryForm {
  /** With an OPT record: payload size 1232 and the DO bit. spec: RFC 6891 6.1.3, RFC 3225 3. */
  readonly edns: boolean;
  /** With letters in random case, which an honest server sends back as they are. */
  readonly mixedCase: boolean;
}

/**
 * Returns a query for one name, asking for recursion and for the AD bit.
 * The name comes uncompressed and lower case. spec: RFC 1035 4.1, RFC 6840 5.7.
 */
export function encodeQuery(id: number, name: Uint8Array, type: number, form: QueryForm): Buffer {
  const questionEnd = 12 + name.length + 4;
  const bytes = Buffer.alloc(questionEnd + (form.edns ? 11 : 0));
  bytes.writeUInt16BE(id, 0);
  bytes.writeUInt16BE(flagRecursion | flagAuthentic, 2);
  bytes.writeUInt16BE(1, 4);
  bytes.set(name, 12);
  if (form.mixedCase) mixCase(bytes, 12, 12 + name.length);
  bytes.writeUInt16BE(type, questionEnd - 4);
  bytes.writeUInt16BE(1, questionEnd - 2);
  if (form.edns) {
    bytes.writeUInt16BE(1, 10);
    bytes.writeUInt16BE(typeOpt, questionEnd + 1);
    bytes.writeUInt16BE(udpPayload, questionEnd + 3);
    bytes.writeUInt16BE(flagDnssecOk, questionEnd + 7);
  }
  return bytes;
}

/** An unpredictable number of 0 to 65535. */
export function random16(): number {
  return randomOctet() | (randomOctet() << 8);
}

// Length octets are at most 63, so none of them looks like a letter ("A" is 65).
function mixCase(bytes: Buffer, start: number, end: number): void {
  let bits = 1;
  for (let at = start; at < end; at += 1) {
    const octet = bytes[at] ?? 0;
    if (octet < 0x61 || octet > 0x7a) continue;
    if (bits === 1) bits = randomOctet() | 0x100;
    if ((bits & 1) === 1) bytes[at] = octet ^ 0x20;
    bits >>= 1;
  }
}

// One call into the generator for a thousand queries.
const pool = Buffer.alloc(4096);
let used = pool.length;

function randomOctet(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const octet = pool[used] ?? 0;
  used += 1;
  return octet;
}
