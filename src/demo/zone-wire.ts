import type { Resource } from "dns2";
import { expandIpv6 } from "../core/ip.ts";
import { zoneTypes, type ZoneRecord, type ZoneValue } from "./zone.ts";

/** The record in the form that dns2's encoder takes. Throws for a name that it cannot carry. */
export function toResource(record: ZoneRecord): Resource {
  const resource = {
    name: wireName(record.name),
    type: record.type === "generic" ? record.number : zoneTypes[record.type],
    class: 1,
    ttl: record.ttlSeconds,
    ...rdata(record),
  };
  return resource as unknown as Resource;
}

function rdata(record: ZoneValue): object {
  switch (record.type) {
    case "A":
      return { address: record.value };
    case "AAAA":
      return { address: expandIpv6(record.value).join(":") };
    case "NS":
      return { ns: wireName(record.value) };
    case "CNAME":
    case "PTR":
      return { domain: wireName(record.value) };
    case "MX":
      return { priority: record.value.preference, exchange: wireName(record.value.exchange) };
    case "SRV":
      return { ...record.value, target: wireName(record.value.target) };
    case "TXT":
      return { data: record.value.flatMap((text) => pieces(text)) };
    case "CAA":
      return record.value;
    case "SOA": {
      const { mname, rname, expire, ...times } = record.value;
      return { primary: wireName(mname), admin: wireName(rname), expiration: expire, ...times };
    }
    case "TLSA": {
      const { usage, selector, matchingType, data } = record.value;
      return raw(zoneTypes.TLSA, Buffer.from([usage, selector, matchingType]), data);
    }
    case "generic":
      return raw(record.number, Buffer.alloc(0), record.hex);
  }
}

/**
 * dns2 writes `data` as it is when it has no encoder for the type. It compares types with `===` and
 * writes them with bit operations, so a type given as text is never one that it knows.
 */
function raw(type: number, head: Buffer, hex: string): object {
  return { type: String(type), data: Buffer.concat([head, Buffer.from(hex, "hex")]) };
}

/** Character strings hold at most 255 octets. spec: RFC 1035 3.3 */
function pieces(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text, "latin1");
  if (bytes.length === 0) return [bytes];
  const count = Math.ceil(bytes.length / 255);
  return Array.from({ length: count }, (_none, at) => bytes.subarray(at * 255, at * 255 + 255));
}

/** dns2 takes one character for each octet and cuts at every dot. */
function wireName(name: string): string {
  if (name === ".") return "";
  return name.replace(/\\(\d{3})/g, (_all, digits: string) => {
    const character = String.fromCharCode(Number(digits) & 0xff);
    if (character === ".") throw new Error(`dns2 cannot carry the dot inside a label of ${name}`);
    return character;
  });
}
