import { nameOctets, octetText } from "./names.ts";

/** Why a message cannot be used. Thrown while a message is walked and caught by `validateMessage`. */
export class MalformedMessage extends Error {
  override readonly name = "MalformedMessage";
}

/** A name and the offset of the octet after it. */
export interface NameRead {
  /** Presentation form, lower case, no trailing dot, the root as ".". */
  readonly text: string;
  readonly next: number;
}

// Every octet of a name may take four characters. One buffer for all names: reading one is a plain
// loop without a wait, and names are the bulk of what a message makes us allocate.
const scratch = Buffer.alloc(4 * nameOctets);
const octetCodes = octetText.map((text) => Buffer.from(text, "latin1"));

// A name has at most 127 labels, so an honest one needs no more pointers; it bounds the walk.
const mostPointers = 127;

/**
 * Reads the name at the offset. A pointer must lead to before the piece of the name that holds it,
 * so no chain of pointers can come back. Throws MalformedMessage.
 * spec: RFC 1035 3.1, 4.1.4, RFC 9267 2.
 */
export function readName(bytes: Uint8Array, start: number): NameRead {
  let at = start;
  let piece = start;
  let next = -1;
  let octets = 1;
  let pointers = 0;
  let written = 0;
  for (;;) {
    const size = bytes[at];
    if (size === undefined) throw new MalformedMessage("a name runs past the end");
    if (size === 0) {
      const text = written === 0 ? "." : scratch.toString("latin1", 0, written);
      return { text, next: next < 0 ? at + 1 : next };
    }
    if (size >= 0xc0) {
      const low = bytes[at + 1];
      if (low === undefined) throw new MalformedMessage("a name runs past the end");
      const target = ((size & 0x3f) << 8) | low;
      if (target < 12) throw new MalformedMessage("a compression pointer leads into the header");
      if (target >= piece)
        throw new MalformedMessage("a compression pointer does not lead backwards");
      pointers += 1;
      if (pointers > mostPointers) throw new MalformedMessage("a name has too many pointers");
      if (next < 0) next = at + 2;
      at = target;
      piece = target;
      continue;
    }
    if (size > 63) throw new MalformedMessage("a label has a reserved type");
    const end = at + 1 + size;
    octets += size + 1;
    if (octets > nameOctets) throw new MalformedMessage("a name is longer than 255 octets");
    if (end > bytes.length) throw new MalformedMessage("a name runs past the end");
    if (written > 0) scratch[written++] = dot;
    for (let index = at + 1; index < end; index += 1) {
      const codes = octetCodes[bytes[index] ?? 0];
      if (codes === undefined) continue;
      for (let code = 0; code < codes.length; code += 1) scratch[written++] = codes[code] ?? 0;
    }
    at = end;
  }
}

const dot = 0x2e;
