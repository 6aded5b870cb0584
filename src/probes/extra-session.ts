import { failureOfAbort } from "../core/abort.ts";
import type { Failure } from "../core/failure.ts";
import type { Subject, Timings, TranscriptEntry } from "../core/observation.ts";
import { SmtpSession } from "../proto/smtp/session.ts";
import type { ExamContext } from "./context.ts";

/** Where an extra session goes. */
export interface Place extends Subject {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
}

/** What is known of an extra session beside its answers. */
export interface ExtraSession {
  readonly startedAt: number;
  /** Filled as the session goes on. */
  readonly timings: { -readonly [K in keyof Timings]: Timings[K] };
  /** What was said so far, also where no connection came about. */
  readonly transcript: readonly TranscriptEntry[];
}

/**
 * Opens one more connection to an address, in the slots that all share, and hands the session to
 * `talk`, which ends it; or hands it the failure where there is no connection. Returns what `talk`
 * returns; the connection is gone by then.
 */
export async function holdExtraSession<T>(
  place: Place,
  ctx: ExamContext,
  talk: (extra: ExtraSession, opened: SmtpSession | Failure) => Promise<T>,
): Promise<T> {
  const startedAt = ctx.clock.now();
  const none = { startedAt, timings: {}, transcript: [] };
  let release: () => void;
  try {
    release = await ctx.slots.acquire(place.host, ctx.signal);
  } catch (error) {
    if (!ctx.signal.aborted) throw error;
    return await talk(none, failureOfAbort(ctx.signal, "connect"));
  }
  try {
    const dialledAt = ctx.clock.now();
    ctx.progress({ text: `another connection to ${place.host}` });
    const { host, ip, port } = place;
    const dialled = await ctx.dial({ host, ip, port }, ctx.signal);
    const timings = {
      slotWaitMs: Math.round(dialledAt - startedAt),
      connectMs: Math.round(ctx.clock.now() - dialledAt),
    };
    if ("failure" in dialled)
      return await talk({ ...none, timings, transcript: dialled.transcript }, dialled.failure);
    const { connection } = dialled;
    const extra = { startedAt, timings, transcript: connection.transcript.entries };
    try {
      return await talk(extra, new SmtpSession(connection, ctx.limits, ctx.signal));
    } finally {
      connection.destroy();
    }
  } finally {
    release();
  }
}
