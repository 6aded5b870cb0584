import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { failureOfAbort } from "../core/abort.ts";
import type { Endpoint } from "../core/connect-to.ts";
import type { Limits } from "../core/context.ts";
import type { Failure } from "../core/failure.ts";
import type { TlsFacts } from "../core/tls-facts.ts";
import { timedOut, type Deadline } from "./deadline.ts";
import { endingFailure, waitFailure, type Awaited, type Ending } from "./ending.ts";
import { LineBuffer, type Line } from "./line-buffer.ts";
import type { Tap } from "./tap.ts";
import { handshake, type HandshakeFailure, type HandshakeOptions } from "./tls.ts";
import type { Transcript } from "./transcript.ts";

/** Octets that may wait for a peer that does not read. */
const writeQueueBytes = 65_536;
/** How long a closing connection may take to end by itself. */
const lingerMs = 250;

/**
 * One TCP connection, in clear or under TLS, read line by line. Nothing that the peer does throws
 * or emits; every wait ends at its deadline, and all octets received are counted.
 */
export class Connection {
  readonly endpoint: Endpoint;
  readonly localAddress: string;
  readonly transcript: Transcript;
  readonly #limits: Limits;
  readonly #raw: Socket;
  #stream: Socket | TLSSocket;
  #tap: Tap | undefined;
  #input: LineBuffer;
  #ending: Ending | undefined;
  #error: NodeJS.ErrnoException | undefined;
  #arrived: (() => void) | undefined;
  #unlisten: () => void;

  /** @param socket a connected socket that nobody reads */
  constructor(socket: Socket, endpoint: Endpoint, limits: Limits, transcript: Transcript) {
    this.endpoint = endpoint;
    this.localAddress = socket.localAddress ?? "";
    this.transcript = transcript;
    this.#limits = limits;
    this.#raw = socket;
    this.#stream = socket;
    this.#input = new LineBuffer(limits.lineBytes);
    socket.on("error", (error) => {
      this.#error ??= error;
    });
    this.#unlisten = this.#listen(socket);
  }

  /** True once TLS is up. */
  get encrypted(): boolean {
    return this.#tap !== undefined;
  }

  /** True while the peer has neither closed nor been closed. */
  get open(): boolean {
    return this.#ending === undefined;
  }

  /** Octets that have arrived and were not read. */
  pendingBytes(): number {
    return this.#input.size;
  }

  /** The first octets that wait to be read, at most 256. */
  peek(): Uint8Array {
    return this.#input.peek();
  }

  /** Throws away what waits to be read, recording the beginning of it; returns that beginning. */
  discard(): Uint8Array {
    const head = this.#input.clear();
    if (head.length > 0) {
      this.transcript.line("S", head, this.encrypted);
      this.transcript.markUnexpected();
    }
    return head;
  }

  /** The next line, without its end. A last line without LF is not a line. */
  async readLine(
    awaited: Awaited,
    deadline: Deadline,
  ): Promise<{ readonly line: Line } | { readonly failure: Failure }> {
    const before = this.#input.size;
    for (;;) {
      const line = this.#input.take();
      if (line === "too-long") {
        const shown = this.transcript.show(this.#input.peek(), 80);
        return this.#fail({
          stage: awaited.stage,
          code: "line-too-long",
          message: `a line of ${awaited.what} is longer than ${this.#limits.lineBytes} octets: "${shown}"`,
        });
      }
      if (line !== undefined) {
        this.transcript.line("S", line.bytes, this.encrypted);
        return { line };
      }
      const partial = this.#input.size > 0;
      if (this.#ending !== undefined)
        return this.#fail(endingFailure(this.#ending, awaited, partial, this.#error));
      if (deadline.signal.aborted)
        return this.#fail(waitFailure(deadline, awaited, this.#input.size > before));
      await this.#arrival(deadline.signal);
    }
  }

  /** Waits until octets, or the end, have arrived; true for octets. Reads nothing. */
  async waitForBytes(deadline: Deadline): Promise<boolean> {
    while (this.#input.size === 0 && this.#ending === undefined && !deadline.signal.aborted)
      await this.#arrival(deadline.signal);
    return this.#input.size > 0;
  }

  /**
   * Writes one line and its CRLF; the failure when the peer has gone or does not read. Throws for a
   * line with a line break or NUL in it, which would be two commands.
   */
  async writeLine(
    text: string,
    awaited: Awaited,
    deadline: Deadline,
  ): Promise<Failure | undefined> {
    if (/[\r\n\0]/.test(text)) throw new Error("a command may not contain a line break");
    const bytes = Buffer.from(text);
    this.transcript.line("C", bytes, this.encrypted);
    return await this.write(Buffer.concat([bytes, Buffer.from("\r\n")]), awaited, deadline);
  }

  /** Writes octets without recording them. */
  async write(
    bytes: Uint8Array,
    awaited: Awaited,
    deadline: Deadline,
  ): Promise<Failure | undefined> {
    if (this.#ending !== undefined)
      return this.#fail(endingFailure(this.#ending, awaited, false, this.#error)).failure;
    const blocked: Failure = {
      stage: awaited.stage,
      code: "write-blocked",
      message: "the server does not read what we send",
      permanent: false,
    };
    if (this.#stream.writableLength + bytes.length > writeQueueBytes)
      return this.#fail(blocked).failure;
    const { signal } = deadline;
    const written = await new Promise<boolean>((resolve) => {
      const stop = (): void => resolve(false);
      signal.addEventListener("abort", stop, { once: true });
      this.#stream.write(bytes, () => {
        signal.removeEventListener("abort", stop);
        resolve(true);
      });
    });
    // A write error ends the connection, and is seen by the next read with what came before it.
    if (written) return undefined;
    return this.#fail(timedOut(signal) ? blocked : failureOfAbort(signal, awaited.stage)).failure;
  }

  /**
   * Completes a TLS handshake on this connection. Octets that came before it are never handed to
   * TLS, nor credited to it: they make it fail with "early-plaintext". spec: RFC 3207 4.2.
   */
  async startTls(
    options: HandshakeOptions,
    deadline: Deadline,
  ): Promise<{ readonly facts: TlsFacts } | HandshakeFailure> {
    if (this.#input.size > 0) {
      const shown = this.transcript.show(this.discard(), 80);
      const message = `plain text stood before TLS began: "${shown}"`;
      this.destroy();
      const failure = { stage: "tls", code: "early-plaintext", message } as const;
      return { ...this.#fail(failure), heard: "unknown" };
    }
    if (this.#ending !== undefined) {
      const awaited = { stage: "tls", what: "the TLS handshake" } as const;
      const failure = endingFailure(this.#ending, awaited, false, this.#error);
      return { ...this.#fail(failure), heard: "silence" };
    }
    this.#unlisten();
    const result = await handshake(this.#raw, options, this.#limits.connectionBytes, deadline);
    if ("failure" in result) {
      this.#ending ??= "local";
      return { ...this.#fail(result.failure), heard: result.heard };
    }
    this.#tap = result.tap;
    this.#stream = result.socket;
    this.#input = new LineBuffer(this.#limits.lineBytes);
    result.socket.on("error", (error) => {
      this.#error ??= error;
    });
    this.#unlisten = this.#listen(result.socket);
    const { version, cipher } = result.facts;
    this.transcript.note("=", `TLS started: ${version}, ${cipher}`, true);
    return { facts: result.facts };
  }

  /** Ends the connection politely: FIN (and close_notify), and destruction soon after. */
  async close(): Promise<void> {
    if (this.#raw.destroyed) return this.destroy();
    this.#end("local");
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lingerMs);
      this.#raw.once("close", () => {
        clearTimeout(timer);
        resolve();
      });
      this.#stream.end();
    });
    this.destroy();
  }

  /** Ends the connection at once. */
  destroy(): void {
    this.#end("local");
    this.#stream.destroy();
    this.#raw.destroy();
  }

  /** Reads the stream from now on; returns the function that stops it. */
  #listen(stream: Socket | TLSSocket): () => void {
    const receive = (bytes: Buffer): void => {
      if (this.#ending !== undefined) return;
      this.#input.feed(bytes);
      if (this.#raw.bytesRead > this.#limits.connectionBytes) {
        this.#end("too-large");
        this.#raw.destroy();
      }
      this.#arrived?.();
    };
    const ended = (): void => this.#end(this.#endingNow());
    stream.on("data", receive).on("end", ended).on("close", ended);
    return () => stream.off("data", receive).off("end", ended).off("close", ended);
  }

  #endingNow(): Ending {
    if (this.#tap?.ending === "too-large") return "too-large";
    if (this.#error !== undefined) return this.#error.code === "ECONNRESET" ? "reset" : "error";
    return this.#tap?.ending === "fin" ? "truncated" : "fin";
  }

  #end(ending: Ending): void {
    this.#ending ??= ending;
    this.#arrived?.();
  }

  async #arrival(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        signal.removeEventListener("abort", done);
        this.#arrived = undefined;
        resolve();
      };
      this.#arrived = done;
      signal.addEventListener("abort", done);
      if (signal.aborted) done();
    });
  }

  #fail(failure: Failure): { readonly failure: Failure } {
    this.transcript.note("!", failure.message, this.encrypted);
    return { failure };
  }
}
