import type { RecordData } from "../core/dns.ts";

/** Record types that a zone file may hold by their name. */
export const zoneTypes = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  TLSA: 52,
  CAA: 257,
} as const;
export type ZoneType = keyof typeof zoneTypes;

/** A record of a known type, or one in the generic form of RFC 3597 5. */
export type ZoneValue =
  | { [T in ZoneType]: { readonly type: T; readonly value: RecordData[T] } }[ZoneType]
  | { readonly type: "generic"; readonly number: number; readonly hex: string };

/** One resource record. Names are absolute, without the final dot ("." is the root), as written. */
export type ZoneRecord = ZoneValue & { readonly name: string; readonly ttlSeconds: number };

/** A name that fails on purpose. */
export interface ZoneMark {
  readonly kind: "servfail" | "timeout" | "truncate" | "authentic";
  readonly name: string;
  /** Type number; absent for all types. Always absent for `authentic`. */
  readonly type?: number;
}

export interface Zone {
  readonly records: readonly ZoneRecord[];
  readonly marks: readonly ZoneMark[];
}

export interface ZoneProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** The number of a type given by name or as "TYPE65"; undefined for an unknown one. */
export function typeNumber(name: string): number | undefined {
  const upper = name.toUpperCase();
  if (Object.hasOwn(zoneTypes, upper)) return zoneTypes[upper as ZoneType];
  const digits = /^TYPE(\d{1,5})$/.exec(upper)?.[1];
  return digits !== undefined && Number(digits) <= 0xffff ? Number(digits) : undefined;
}
