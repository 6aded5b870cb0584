import { MalformedMessage, readName } from "./read-name.ts";

const none: readonly string[] = [];

/**
 * Checks that the RDATA between the offsets has the form of its type and returns the names in it,
 * in presentation form. Types that nobody here decodes are not looked into. Throws MalformedMessage.
 * spec: RFC 1035 3.3, RFC 2782, RFC 3596 2.2, RFC 4034 2.1, 3.1, 5.1, RFC 6698 2.1, RFC 8659 4.1.
 */
export function checkRdata(
  bytes: Uint8Array,
  type: number,
  start: number,
  end: number,
): readonly string[] {
  const size = end - start;
  switch (type) {
    case 1: // A
      return size === 4 ? none : wrong("A", size);
    case 28: // AAAA
      return size === 16 ? none : wrong("AAAA", size);
    case 2: // NS
    case 5: // CNAME
    case 12: // PTR
    case 39: // DNAME
      return namesAt(bytes, start, 1, end, 0);
    case 6: // SOA
      return namesAt(bytes, start, 2, end, 20);
    case 15: // MX
      return namesAt(bytes, start + 2, 1, end, 0);
    case 33: // SRV
      return namesAt(bytes, start + 6, 1, end, 0);
    case 16: // TXT
      return checkStrings(bytes, start, end);
    case 43: // DS
      return size > 4 ? none : wrong("DS", size);
    case 48: // DNSKEY
      return size > 4 ? none : wrong("DNSKEY", size);
    case 52: // TLSA
      return size > 3 ? none : wrong("TLSA", size);
    case 46: // RRSIG: the signature follows the signer's name
      return namesAt(bytes, start + 18, 1, end, "rest");
    case 257: {
      const tag = bytes[start + 1] ?? 0;
      return size >= 3 && tag > 0 && 2 + tag <= size ? none : wrong("CAA", size);
    }
    default:
      return none;
  }
}

function wrong(type: string, size: number): never {
  throw new MalformedMessage(`the data of a record of type ${type} cannot be ${size} octets long`);
}

/** The names that begin at the offset; exactly `after` octets, or some for "rest", follow them. */
function namesAt(
  bytes: Uint8Array,
  start: number,
  count: 1 | 2,
  end: number,
  after: number | "rest",
): readonly string[] {
  if (start >= end) throw new MalformedMessage("the data of a record ends before its name");
  const first = readName(bytes, start);
  const second = count === 2 ? readName(bytes, first.next) : undefined;
  const left = end - (second ?? first).next;
  if (after === "rest" ? left < 1 : left !== after)
    throw new MalformedMessage("the data of a record does not end where its length says");
  return second === undefined ? [first.text] : [first.text, second.text];
}

function checkStrings(bytes: Uint8Array, start: number, end: number): readonly string[] {
  if (start === end) throw new MalformedMessage("a TXT record holds no string");
  let at = start;
  while (at < end) at += 1 + (bytes[at] ?? 0);
  if (at !== end) throw new MalformedMessage("a string of a TXT record runs past its data");
  return none;
}
