import type { Failure } from "./failure.ts";

/** Record types that maildoctor asks for. */
export const recordTypes = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DS: 43,
  RRSIG: 46,
  DNSKEY: 48,
  TLSA: 52,
  CAA: 257,
} as const;
export type RecordType = keyof typeof recordTypes;

/**
 * The value of one record. Host names are in presentation form: lower case, no trailing dot
 * (the root is "."), bytes that are not printable ASCII, and dots inside a label, as `\DDD`.
 */
export interface RecordData {
  A: string;
  AAAA: string;
  NS: string;
  CNAME: string;
  PTR: string;
  SOA: {
    mname: string;
    rname: string;
    serial: number;
    refresh: number;
    retry: number;
    expire: number;
    minimum: number;
  };
  MX: { preference: number; exchange: string };
  /** The character strings, one latin1 character per byte. */
  TXT: readonly string[];
  SRV: { priority: number; weight: number; port: number; target: string };
  CAA: { flags: number; tag: string; value: string };
  /** Certificate association data in hex. */
  TLSA: { usage: number; selector: number; matchingType: number; data: string };
  DS: { keyTag: number; algorithm: number; digestType: number; digest: string };
  DNSKEY: { flags: number; protocol: number; algorithm: number; key: string };
  RRSIG: {
    typeCovered: string;
    algorithm: number;
    labels: number;
    originalTtl: number;
    expiration: number;
    inception: number;
    keyTag: number;
    signer: string;
  };
}

export interface DnsRecord<T extends RecordType> {
  /** Owner name in presentation form. */
  readonly name: string;
  readonly ttlSeconds: number;
  readonly value: RecordData[T];
}

/** How a question was put. spec: RFC 1035 4.2, RFC 7858, RFC 8484. */
export type Transport = "udp" | "tcp" | "tls" | "https";

export interface ExtendedError {
  readonly code: number;
  readonly text: string;
}

/**
 * One DNS answer. `answer`, `no-data` and `name-not-found` are facts about the zone;
 * `failed` says that nothing is known. spec: RFC 1035 4, RFC 2308 2, RFC 8914.
 */
export interface DnsAnswer<T extends RecordType = RecordType> {
  readonly name: string;
  readonly type: T;
  readonly status: "answer" | "no-data" | "name-not-found" | "failed";
  readonly failure?: Failure;
  /** Mnemonic of the response code ("NOERROR", "SERVFAIL"), absent without a reply. */
  readonly rcode?: string;
  /** DNSSEC: the AD bit of a resolver that we trust, or that nobody judged. */
  readonly authentic: boolean | "not-judged";
  readonly records: readonly DnsRecord<T>[];
  /** Alias targets in order from the question's name to the records' owner; empty without aliases. */
  readonly cnameChain: readonly string[];
  readonly extendedErrors: readonly ExtendedError[];
  /** The answering server: "192.0.2.53:53", "[2001:db8::53]:53", "tls://192.0.2.53:853" or a URL. */
  readonly server?: string;
  readonly transport?: Transport;
  /** True when the UDP answer was truncated and asked again over TCP. */
  readonly truncated?: boolean;
  /** Things seen on the way that changed nothing: forged answers ignored, EDNS refused. */
  readonly notes: readonly string[];
  readonly durationMs: number;
}

/** Asks questions; never throws for what the network does. Answers are shared within one run. */
export interface Resolver {
  /**
   * @param name any DNS name in presentation form, with or without a trailing dot
   */
  query<T extends RecordType>(name: string, type: T, signal?: AbortSignal): Promise<DnsAnswer<T>>;
  /** The servers asked, as in `DnsAnswer.server`. */
  readonly servers: readonly string[];
  close(): void;
}
