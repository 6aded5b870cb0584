import type { Failure } from "./failure.ts";
import type { Fact, SkipReason } from "./fact.ts";

/** What an observation or a finding is about. */
export interface Subject {
  /** A-label form, lower case, no trailing dot. */
  readonly domain?: string;
  readonly host?: string;
  readonly ip?: string;
  readonly port?: number;
  /** The server name sent in TLS, where it differs from the host. */
  readonly serverName?: string;
}

/** Milliseconds spent in each stage; a stage that was not reached is absent. */
export interface Timings {
  readonly slotWaitMs?: number;
  readonly dnsMs?: number;
  readonly connectMs?: number;
  readonly greetingMs?: number;
  readonly tlsMs?: number;
  /** Each command with the time until its last reply line. */
  readonly commands?: readonly { readonly command: string; readonly ms: number }[];
}

/**
 * One line of a conversation. `text` is redacted and escaped.
 * `from`: C we wrote it, S the server did, "=" information, "!" our own error.
 */
export interface TranscriptEntry {
  readonly atMs: number;
  readonly from: "C" | "S" | "=" | "!";
  readonly text: string;
  readonly encrypted: boolean;
  readonly unexpected?: boolean;
}

/** The data of an observation: an object whose uncertain parts are facts. */
export type ObservationData = { readonly [key: string]: unknown };

/** One thing that was looked at: what was found out, with the bytes behind it. */
export interface Observation<K extends string = string, D = ObservationData> {
  /** Stable in a run and unique by kind and subject: `smtp-hello:mx1.example.com:192.0.2.1:25`. */
  readonly id: string;
  readonly kind: K;
  readonly subject: Subject;
  /** Offset from the start of the run. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly outcome: "ok" | "failed" | "skipped";
  /** Present also when failed, as far as it went; null when nothing was tried. */
  readonly data: D | null;
  readonly failure?: Failure;
  readonly skipReason?: SkipReason;
  /** Ids of the observations without which this one could not be made. */
  readonly dependsOn: readonly string[];
  readonly timings: Timings;
  readonly transcript?: readonly TranscriptEntry[];
}

/** The id of an observation: its kind and the parts of its subject that are present. */
export function observationId(kind: string, subject: Subject): string {
  const { domain, host, ip, port, serverName } = subject;
  return [kind, domain, host, ip, port, serverName].filter((part) => part !== undefined).join(":");
}

/** True when the value has the shape of a fact. */
export function isFact(value: unknown): value is Fact<unknown> {
  return typeof value === "object" && value !== null && "known" in value;
}
