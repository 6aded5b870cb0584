import { connect } from "node:net";
import type { Peer, SocketTrouble } from "./udp.ts";

/** The answer to one framed message, or how it failed to come. */
export type FramedResult =
  | { readonly message: Buffer }
  | {
      readonly failed: "timeout" | "closed" | "cancelled" | "error";
      readonly trouble?: SocketTrouble;
    };

/**
 * Opens a TCP connection, sends one message behind its two-octet length, returns the first one that
 * comes back, and closes. The deadline is absolute and counts from the call; an answer is at most
 * 65,535 octets long, which is all that its length can say. Never throws. spec: RFC 1035 4.2.2.
 */
export function exchangeFramed(
  peer: Peer,
  message: Buffer,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<FramedResult> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ failed: "cancelled" });
    const socket = connect({ host: peer.ip, port: peer.port, noDelay: true });
    const chunks: Buffer[] = [];
    let received = 0;

    const finish = (result: FramedResult): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      socket.destroy();
      resolve(result);
    };
    const cancel = (): void => finish({ failed: "cancelled" });
    const timer = setTimeout(() => finish({ failed: "timeout" }), deadlineMs);
    signal.addEventListener("abort", cancel, { once: true });

    socket.on("error", (error: NodeJS.ErrnoException) => {
      const errno = error.code === undefined ? {} : { errno: error.code };
      finish({ failed: "error", trouble: { message: error.message, ...errno } });
    });
    socket.on("close", () => finish({ failed: "closed" }));
    socket.once("connect", () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(message.length);
      socket.write(Buffer.concat([length, message]));
    });
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      received += chunk.length;
      if (received < 2) return;
      // Byte by byte is the worst that a server can do: joined only when the length is known.
      const first = chunks[0] ?? chunk;
      const head = first.length >= 2 ? first : Buffer.concat(chunks);
      if (head !== first) chunks.splice(0, chunks.length, head);
      const end = 2 + head.readUInt16BE(0);
      if (received >= end) finish({ message: Buffer.concat(chunks).subarray(2, end) });
    });
    socket.on("end", () => finish({ failed: "closed" }));
  });
}
