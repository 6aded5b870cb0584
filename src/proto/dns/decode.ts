import * as codec from "dns-packet";
import type { RecordData, RecordType } from "../../core/dns.ts";
import { recordTypes } from "../../core/dns.ts";
import type { WireRecord } from "./validate.ts";

declare module "dns-packet" {
  /** The codec of one type's data; `decode` takes the offset of RDLENGTH. Not in the published types. */
  export function record(type: string): { decode(buffer: Buffer, offset: number): unknown };
}

type Decoders = { readonly [T in RecordType]: (data: Data) => RecordData[T] };

/** What a decoder sees: the codec's value, and what the codec would lose. */
interface Data {
  /** The value that the codec yields. */
  readonly value: () => unknown;
  /** A name in the data, by position, in presentation form. */
  readonly name: (index?: number) => string;
  readonly bytes: Buffer;
}

/**
 * Returns the typed value of a record of a validated message, or undefined when the codec finds the
 * data senseless although its structure is right (a DNSKEY whose protocol is not 3). Names are the
 * validator's, because the codec's have lost the boundaries of labels; text is one latin1 character
 * per octet.
 */
export function decodeValue<T extends RecordType>(
  message: Buffer,
  type: T,
  record: WireRecord,
): RecordData[T] | undefined {
  const { rdataStart, rdataEnd, names } = record;
  try {
    return decoders[type]({
      value: () => codec.record(type).decode(message, rdataStart - 2),
      name: (index = 0) => names[index] ?? ".",
      bytes: message.subarray(rdataStart, rdataEnd),
    });
  } catch {
    return undefined;
  }
}

/** The mnemonic of a type; "TYPE65" for one that has none here. spec: RFC 3597 5. */
export function typeName(type: number): string {
  for (const [name, number] of Object.entries(recordTypes)) if (number === type) return name;
  return `TYPE${type}`;
}

const firstName = ({ name }: Data): string => name();

const decoders: Decoders = {
  A: ({ value }) => value() as string,
  AAAA: ({ value }) => value() as string,
  NS: firstName,
  CNAME: firstName,
  PTR: firstName,
  SOA: ({ value, name }) => {
    const { serial, refresh, retry, expire, minimum } = value() as RecordData["SOA"];
    return { mname: name(0), rname: name(1), serial, refresh, retry, expire, minimum };
  },
  MX: ({ bytes, name }) => ({ preference: bytes.readUInt16BE(0), exchange: name() }),
  TXT: ({ value }) => (value() as Buffer[]).map((text) => text.toString("latin1")),
  SRV: ({ value, name }) => {
    const { priority, weight, port } = value() as RecordData["SRV"];
    return { priority, weight, port, target: name() };
  },
  // The codec reads tag and value as UTF-8 and loses other octets.
  CAA: ({ bytes }) => {
    const tagEnd = 2 + bytes.readUInt8(1);
    return {
      flags: bytes.readUInt8(0),
      tag: bytes.toString("latin1", 2, tagEnd),
      value: bytes.toString("latin1", tagEnd),
    };
  },
  TLSA: ({ value }) => {
    const { usage, selector, matchingType, certificate } = value() as codec.TlsaData;
    return { usage, selector, matchingType, data: certificate.toString("hex") };
  },
  DS: ({ value }) => {
    const { keyTag, algorithm, digestType, digest } = value() as codec.DsData;
    return { keyTag, algorithm, digestType, digest: digest.toString("hex") };
  },
  DNSKEY: ({ value }) => {
    const { flags, algorithm, key } = value() as codec.DnskeyData;
    return { flags, protocol: 3, algorithm, key: key.toString("base64") };
  },
  RRSIG: ({ value, name, bytes }) => {
    const { algorithm, labels, originalTTL, expiration, inception, keyTag } =
      value() as codec.RrsigData;
    return {
      typeCovered: typeName(bytes.readUInt16BE(0)),
      algorithm,
      labels,
      originalTtl: originalTTL,
      expiration,
      inception,
      keyTag,
      signer: name(),
    };
  },
};
