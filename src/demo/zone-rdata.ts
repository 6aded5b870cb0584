import { ipFamily } from "../core/ip.ts";
import { absoluteName, asNumber, asTtl, unescapeString } from "./zone-text.ts";
import { zoneTypes, typeNumber, type ZoneType, type ZoneValue } from "./zone.ts";
import type { Token } from "./zone-tokens.ts";

/** Says what is wrong with the RDATA; caught by the parser, which knows the line. */
export class RdataError extends Error {}

/** Reads the words of one RDATA in order. */
class Words {
  readonly #tokens: readonly Token[];
  readonly #origin: string;
  #at = 0;

  constructor(tokens: readonly Token[], origin: string) {
    this.#tokens = tokens;
    this.#origin = origin;
  }

  word(what: string): string {
    const token = this.#tokens[this.#at];
    if (!token) throw new RdataError(`${what} is missing`);
    this.#at += 1;
    return token.text;
  }

  name(what: string): string {
    const written = this.word(what);
    const name = absoluteName(written, this.#origin);
    if (name === undefined) throw new RdataError(`${what} is no name: ${written}`);
    return name;
  }

  number(what: string, bits: 8 | 16 | 32): number {
    const written = this.word(what);
    const value = asNumber(written, bits);
    if (value === undefined) throw new RdataError(`${what} is no ${bits}-bit number: ${written}`);
    return value;
  }

  seconds(what: string): number {
    const written = this.word(what);
    const value = asTtl(written);
    if (value === undefined) throw new RdataError(`${what} is no time: ${written}`);
    return value;
  }

  address(family: 4 | 6): string {
    const written = this.word("the address");
    if (ipFamily(written) !== family) throw new RdataError(`no IPv${family} address: ${written}`);
    return written;
  }

  /** All words that are left, joined: hex may be cut by blanks. */
  hex(what: string): string {
    const hex = this.rest().join("").toLowerCase();
    if (!/^(?:[0-9a-f]{2})+$/.test(hex)) throw new RdataError(`${what} is no hex text`);
    return hex;
  }

  rest(): readonly string[] {
    const left = this.#tokens.slice(this.#at).map((token) => token.text);
    this.#at = this.#tokens.length;
    return left;
  }

  end(): void {
    const [extra] = this.rest();
    if (extra !== undefined) throw new RdataError(`too much: ${extra}`);
  }
}

const readers: { readonly [T in ZoneType]: (words: Words) => (ZoneValue & { type: T })["value"] } =
  {
    A: (w) => w.address(4),
    AAAA: (w) => w.address(6),
    NS: (w) => w.name("the name server"),
    CNAME: (w) => w.name("the alias target"),
    PTR: (w) => w.name("the host"),
    MX: (w) => ({ preference: w.number("the preference", 16), exchange: w.name("the exchange") }),
    SRV: (w) => ({
      priority: w.number("the priority", 16),
      weight: w.number("the weight", 16),
      port: w.number("the port", 16),
      target: w.name("the target"),
    }),
    TXT: (w) => {
      const strings = w.rest();
      if (strings.length === 0) throw new RdataError("the text is missing");
      return strings.map((text) => unescapeString(text));
    },
    CAA: (w) => ({
      flags: w.number("the flags", 8),
      tag: w.word("the tag"),
      value: unescapeString(w.word("the value")),
    }),
    TLSA: (w) => ({
      usage: w.number("the usage", 8),
      selector: w.number("the selector", 8),
      matchingType: w.number("the matching type", 8),
      data: w.hex("the association data"),
    }),
    SOA: (w) => ({
      mname: w.name("the primary"),
      rname: w.name("the mailbox"),
      serial: w.number("the serial", 32),
      refresh: w.seconds("refresh"),
      retry: w.seconds("retry"),
      expire: w.seconds("expire"),
      minimum: w.seconds("minimum"),
    }),
  };

/**
 * Returns the value that the words after the type stand for.
 * Throws RdataError for an unknown type, and for words that are missing, wrong or too many.
 * spec: RFC 1035 3.3, RFC 2782, RFC 3596 2.4, RFC 3597 5, RFC 6698 2.2, RFC 8659 4.1.1
 */
export function parseRdata(type: string, tokens: readonly Token[], origin: string): ZoneValue {
  const words = new Words(tokens, origin);
  const upper = type.toUpperCase();
  if (Object.hasOwn(zoneTypes, upper)) {
    const known = upper as ZoneType;
    const value = readers[known](words);
    words.end();
    return { type: known, value } as ZoneValue;
  }
  const number = typeNumber(type);
  if (number === undefined) throw new RdataError(`unknown type ${type}`);
  if (Object.values<number>(zoneTypes).includes(number))
    throw new RdataError(`${type} has a name of its own`);
  if (words.word("\\#") !== "\\#") throw new RdataError(`${type} is written as \\# length hex`);
  const length = words.number("the length", 16);
  const hex = length === 0 ? words.rest().join("") : words.hex("the data");
  if (hex.length !== length * 2) throw new RdataError(`the data is not ${length} octets long`);
  return { type: "generic", number, hex };
}
