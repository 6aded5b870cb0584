import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** How the peer, or our own limits, ended a stream. */
export type RawEnding = "fin" | "reset" | "too-large" | "error";

/**
 * A pass-through between a TCP socket and the TLS layer above it. It keeps the first octets that
 * the peer sent, so that a peer that speaks no TLS can be named, notices how the connection ended,
 * and bounds what the peer may send in all.
 */
export class Tap extends Duplex {
  readonly #socket: Socket;
  readonly #limitBytes: number;
  #head: Buffer = Buffer.alloc(0);
  #ending: RawEnding | undefined;

  /** @param limitBytes octets that the socket may have received since it was opened */
  constructor(socket: Socket, limitBytes: number) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#limitBytes = limitBytes;
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("end", () => {
      // Records that arrived together with the FIN are decrypted first, a close_notify among them.
      setImmediate(() => {
        this.#ending ??= "fin";
        this.push(null);
      });
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      this.#ending ??= error.code === "ECONNRESET" ? "reset" : "error";
      this.destroy(error);
    });
    socket.on("close", () => this.destroy());
    socket.resume();
  }

  /** The first octets received, at most 256. */
  get head(): Uint8Array {
    return this.#head;
  }

  /** How the peer ended the TCP connection; undefined while it is open. */
  get ending(): RawEnding | undefined {
    return this.#ending;
  }

  #receive(chunk: Buffer): void {
    if (this.#head.length < 256)
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, 256 - this.#head.length)]);
    if (this.#socket.bytesRead > this.#limitBytes) {
      this.#ending ??= "too-large";
      this.destroy(new Error("too large"));
      return;
    }
    this.emit("head");
    if (!this.destroyed && !this.push(chunk)) this.#socket.pause();
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
