/** The longest name on the wire, length octets and root included. spec: RFC 1035 2.3.4. */
export const nameOctets = 255;

/**
 * How each octet of a label is written: lower case, and `\DDD` for a dot, a backslash, a space and
 * whatever is not printable ASCII, so that two different names never look the same.
 * spec: RFC 1035 5.1, RFC 4343 2.1.
 */
export const octetText: readonly string[] = Array.from({ length: 256 }, (_none, octet) => {
  const plain = octet > 0x20 && octet < 0x7f && octet !== 0x2e && octet !== 0x5c;
  return plain
    ? String.fromCharCode(octet).toLowerCase()
    : `\\${octet.toString().padStart(3, "0")}`;
});

/** A name in both of its forms: the text is lower case without trailing dot, the root is ".". */
export interface DnsName {
  readonly text: string;
  /** Length-prefixed labels and the root, uncompressed, lower case. */
  readonly wire: Uint8Array;
}

/**
 * Returns the name that the text stands for, or why it stands for none. Accepts `\DDD` and `\X`
 * escapes and a trailing dot; labels of 1 to 63 octets, 255 octets in all; ASCII only.
 * spec: RFC 1035 2.3.4, 5.1.
 */
export function parseName(text: string): DnsName | { readonly invalid: string } {
  return text.length <= 253 && plainName.test(text)
    ? fromPlainText(text.toLowerCase())
    : fromEscapedText(text);
}

// Nearly every name: nothing to escape, no trailing dot, short enough (253 and two more on the wire).
const plainName = /^[\w-]{1,63}(?:\.[\w-]{1,63})*$/;

function fromPlainText(text: string): DnsName {
  const wire = new Uint8Array(text.length + 2);
  let label = 0;
  for (let at = 0; at < text.length; at += 1) {
    const octet = text.charCodeAt(at);
    if (octet !== 0x2e) {
      wire[at + 1] = octet;
      continue;
    }
    wire[label] = at - label;
    label = at + 1;
  }
  wire[label] = text.length - label;
  return { text, wire };
}

function fromEscapedText(text: string): DnsName | { readonly invalid: string } {
  const wire: number[] = [];
  let shown = "";
  let label = 0; // where the length octet of the label in hand stands
  const endLabel = (): string | undefined => {
    const length = wire.length - label - 1;
    if (length === 0) return "it has an empty label";
    if (length > 63) return "a label is longer than 63 octets";
    wire[label] = length;
    return undefined;
  };
  if (text === "") return { invalid: "it is empty" };
  if (text === ".") return { text: ".", wire: Uint8Array.of(0) };
  wire.push(0);
  for (let at = 0; at < text.length; at += 1) {
    let octet = text.charCodeAt(at);
    if (octet === 0x2e) {
      const fault = endLabel();
      if (fault !== undefined) return { invalid: fault };
      if (at === text.length - 1) break;
      label = wire.length;
      wire.push(0);
      shown += ".";
      continue;
    }
    if (octet > 0x7e) return { invalid: "it has a character that is not ASCII" };
    if (octet === 0x5c) {
      const digits = /^\d{3}/.exec(text.slice(at + 1, at + 4))?.[0];
      octet = digits === undefined ? text.charCodeAt(at + 1) : Number(digits);
      if (!(octet <= (digits === undefined ? 0x7e : 0xff)))
        return { invalid: "it has a bad escape" };
      at += digits === undefined ? 1 : 3;
    }
    wire.push(octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet);
    shown += octetText[octet];
    if (wire.length >= nameOctets) return { invalid: "it is longer than 255 octets" };
  }
  const fault = text.endsWith(".") && wire[label] !== 0 ? undefined : endLabel();
  if (fault !== undefined) return { invalid: fault };
  wire.push(0);
  return { text: shown, wire: Uint8Array.from(wire) };
}

/** True when the name is the zone or lies below it; both in the form that the validator yields. */
export function isWithin(name: string, zone: string): boolean {
  return zone === "." || name === zone || name.endsWith(`.${zone}`);
}
