import type { Readable, Writable } from "node:stream";
import { UsageError } from "../core/errors.ts";

/** A stream that may be a terminal. */
export type Screen = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command sees of the process that it runs in. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts or nobody reads the output any more. */
  readonly signal: AbortSignal;
}

/**
 * Writes the text; resolves to false when nobody reads the stream any more. Rejects with a
 * UsageError when it cannot be written for another reason, such as a full disk.
 */
export function write(stream: Writable, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (stream.destroyed || stream.errored !== null) return resolve(false);
    stream.write(text, (error) => {
      if (!error) resolve(true);
      else if (isClosedPipe(error)) resolve(false);
      else reject(new UsageError(`cannot write the output: ${reasonOf(error)}`));
    });
  });
}

/** True for the errors of writing to a pipe whose reader is gone. */
function isClosedPipe(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || code === "EOF";
}

/** The system's code for an error, such as "ENOSPC". */
export function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
