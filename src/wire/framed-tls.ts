import type { TLSSocket } from "node:tls";
import {
  connectTrusted,
  troubleFromError,
  type TrustedPeer,
  type TrustedTrouble,
} from "./trusted-tls.ts";

/** A connection that carries many messages each way. It does not keep the process alive. */
export interface FramedStream {
  /** Sends, or queues until the server has proved who it is. */
  send(message: Buffer): void;
  /** Closes at once; no handler is called any more. */
  close(): void;
}

export interface FramedHandlers {
  /** One message, at most 65,535 octets, without its length. */
  message(bytes: Buffer): void;
  /** The connection failed or ended; called once, and nothing after it. */
  ended(trouble: TrustedTrouble): void;
}

/**
 * Opens a TLS connection whose messages stand behind their two-octet lengths. `connectMs` limits the
 * connection and the handshake together. Never throws. spec: RFC 7858 3, RFC 1035 4.2.2.
 */
export function openFramedTls(
  peer: TrustedPeer,
  connectMs: number,
  handlers: FramedHandlers,
): FramedStream {
  const closing = new AbortController();
  let socket: TLSSocket | undefined;
  let queue: Buffer[] = [];
  let isOver = false;

  const end = (trouble?: TrustedTrouble): void => {
    if (isOver) return;
    isOver = true;
    queue = [];
    socket?.destroy();
    if (trouble === undefined) closing.abort();
    else handlers.ended(trouble);
  };
  const started = (result: TLSSocket | TrustedTrouble): void => {
    if ("code" in result) return end(result);
    if (isOver) return void result.destroy();
    socket = result.unref();
    const split = createSplitter((bytes) => {
      if (!isOver) handlers.message(bytes);
    });
    result.on("data", split);
    result.on("error", (error: NodeJS.ErrnoException) => end(troubleFromError(error)));
    result.on("close", () =>
      end({ code: "closed-early", message: "it closed the connection without an answer" }),
    );
    for (const message of queue) result.write(message);
    queue = [];
  };
  void connectTrusted(peer, { deadlineMs: connectMs, signal: closing.signal }).then(started);

  return {
    send(message) {
      if (isOver) return;
      const framed = Buffer.alloc(2 + message.length);
      framed.writeUInt16BE(message.length);
      framed.set(message, 2);
      // One write for length and message. spec: RFC 7766 8.
      if (socket === undefined) queue.push(framed);
      else socket.write(framed);
    },
    close: () => end(),
  };
}

/** A function that takes chunks and hands on the messages in them. */
function createSplitter(onMessage: (bytes: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = 2;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    // Byte by byte is the worst that a server can do: joined only when something can be read.
    while (held >= wanted) {
      const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      const end = 2 + bytes.readUInt16BE(0);
      chunks = [bytes];
      wanted = end;
      if (held < end) return;
      onMessage(bytes.subarray(2, end));
      chunks = [bytes.subarray(end)];
      held -= end;
      wanted = 2;
    }
  };
}
