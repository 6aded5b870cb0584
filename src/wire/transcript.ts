import type { TranscriptEntry } from "../core/observation.ts";
import { escapeBytes, escapeText } from "../core/text.ts";
import type { Secrets } from "./secrets.ts";

/** Keeps what was said on one connection, redacted, escaped and bounded. */
export interface Transcript {
  readonly entries: readonly TranscriptEntry[];
  /** Milliseconds since the recording began. */
  now(): number;
  /** Records one line of the client or the server, without its line end. */
  line(from: "C" | "S", bytes: Uint8Array, encrypted: boolean): void;
  /** Records information ("=") or an error of our own ("!"). */
  note(from: "=" | "!", text: string, encrypted?: boolean): void;
  /** Marks the last line of the server as one that we did not expect. */
  markUnexpected(): void;
  /** The bytes as text that may be kept: redacted, then escaped, at most `limit` characters. */
  readonly show: (bytes: Uint8Array, limit?: number) => string;
}

/** What an entry costs beside its text. */
const entryBytes = 32;

/** Creates a recorder that keeps at most `limitBytes` octets and says so where it stops. */
export function createTranscript(limitBytes: number, secrets: Secrets): Transcript {
  const entries: TranscriptEntry[] = [];
  const startedAt = performance.now();
  let used = 0;
  let full = false;

  const now = (): number => Math.round(performance.now() - startedAt);
  const show = (bytes: Uint8Array, limit?: number): string =>
    escapeBytes(secrets.redactBytes(bytes), limit);

  function add(entry: TranscriptEntry): void {
    if (full) return;
    const size = Buffer.byteLength(entry.text) + entryBytes;
    full = used + size > limitBytes;
    used += size;
    entries.push(
      full
        ? { atMs: entry.atMs, from: "=", text: "the transcript is cut here", encrypted: false }
        : entry,
    );
  }

  return {
    entries,
    now,
    show,
    line(from, bytes, encrypted) {
      if (!full) add({ atMs: now(), from, text: show(bytes), encrypted });
    },
    note: (from, text, encrypted = false) =>
      add({ atMs: now(), from, text: escapeText(secrets.redact(text)), encrypted }),
    markUnexpected() {
      const index = entries.findLastIndex((entry) => entry.from === "S");
      const entry = entries[index];
      if (entry !== undefined) entries[index] = { ...entry, unexpected: true };
    },
  };
}
