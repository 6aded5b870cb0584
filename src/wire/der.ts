/** One DER element: its tag octet and where its contents stand. */
export interface DerElement {
  readonly tag: number;
  readonly contents: Uint8Array;
  /** The whole element, header included. */
  readonly whole: Uint8Array;
}

/**
 * The elements that stand side by side in the bytes, at most 1000; undefined where they are not
 * well-formed DER with definite lengths and one-octet tags. spec: X.690 8.1, 10.1.
 */
export function derElements(bytes: Uint8Array): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined || (tag & 0x1f) === 0x1f || elements.length === 1000) return undefined;
    let length = first;
    let start = at + 2;
    if (first >= 0x80) {
      const octets = first & 0x7f;
      if (octets === 0 || octets > 4 || start + octets > bytes.length) return undefined;
      length = bytes.subarray(start, start + octets).reduce((sum, octet) => sum * 256 + octet, 0);
      start += octets;
    }
    const end = start + length;
    if (end > bytes.length) return undefined;
    elements.push({ tag, contents: bytes.subarray(start, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return elements;
}

/** The elements inside a constructed element; empty for no element and for malformed contents. */
export function derChildren(element: DerElement | undefined): readonly DerElement[] {
  return element === undefined ? [] : (derElements(element.contents) ?? []);
}

/** The contents of an OBJECT IDENTIFIER as numbers with dots; "" when malformed. spec: X.690 8.19. */
export function oidText(contents: Uint8Array): string {
  const arcs: number[] = [];
  let value = 0;
  for (const octet of contents) {
    value = value * 128 + (octet & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) return "";
    if (octet < 0x80) {
      arcs.push(value);
      value = 0;
    }
  }
  const [head = 0, ...rest] = arcs;
  const last = contents[contents.length - 1] ?? 0x80;
  if (last >= 0x80) return "";
  const top = Math.min(2, Math.floor(head / 40));
  return [top, head - top * 40, ...rest].join(".");
}

/** A UTCTime (tag 0x17) or GeneralizedTime (0x18) in ISO 8601, UTC; "" when malformed. spec: RFC 5280 4.1.2.5. */
export function derTime(element: DerElement | undefined): string {
  if (element === undefined) return "";
  const text = Buffer.from(element.contents).toString("latin1");
  const match = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return "";
  const [, year = "", month, day, hour, minute, second] = match;
  if ((element.tag === 0x17) !== (year.length === 2)) return "";
  const century = year.length === 4 ? "" : Number(year) < 50 ? "20" : "19";
  const date = new Date(`${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
