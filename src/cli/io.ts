import type { Readable, Writable } from "node:stream";

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

/** Writes the text; resolves to false when nobody reads the stream any more. */
export function write(stream: Writable, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (stream.destroyed || stream.errored !== null) return resolve(false);
    stream.write(text, (error) => {
      if (!error) resolve(true);
      else if (isClosedPipe(error)) resolve(false);
      else reject(error);
    });
  });
}

/** True for the errors of writing to a pipe whose reader is gone. */
export function isClosedPipe(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || code === "EOF";
}
