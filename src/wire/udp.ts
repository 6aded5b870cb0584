import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";

/** A server by its address, IPv6 without brackets. */
export interface Peer {
  readonly ip: string;
  readonly port: number;
}

/** What went wrong with a socket, in the system's words. */
export interface SocketTrouble {
  /** "ECONNREFUSED"; absent where the system gave none. */
  readonly errno?: string;
  readonly message: string;
}

export interface DatagramHandlers {
  /** One datagram of the peer; of no other sender, because the socket is connected. */
  message(bytes: Buffer): void;
  /**
   * Something failed, now or for a datagram sent earlier. A socket that is not `usable` never was
   * connected, has closed itself and reports its trouble for every datagram.
   */
  trouble(trouble: SocketTrouble, usable: boolean): void;
}

/** A connected UDP socket. It does not keep the process alive: whoever waits has a timer. */
export interface DatagramSocket {
  /** Sends, or queues until the socket is connected; failures arrive as `trouble`. */
  send(bytes: Uint8Array): void;
  close(): void;
}

// A burst of answers must fit: the usual 208 KiB overflow at about a thousand. The kernel caps it.
const receiveBuffer = 4 * 1024 * 1024;

/** Opens a UDP socket connected to the peer, on a port that the system chooses. Never throws. */
export function openDatagramSocket(peer: Peer, handlers: DatagramHandlers): DatagramSocket {
  const family = isIPv6(peer.ip) ? 6 : 4;
  const socket: Socket = createSocket({
    type: family === 6 ? "udp6" : "udp4",
    lookup: (address, _options, callback) => callback(null, address, family),
  });
  let state: "connecting" | "open" | "useless" | "closed" = "connecting";
  let failed: SocketTrouble = { message: "" };
  let queue: Uint8Array[] = [];

  const shut = (): void => {
    try {
      socket.close();
    } catch {
      // It had never been opened.
    }
  };
  const report = (error: NodeJS.ErrnoException): void => {
    if (state === "closed") return;
    const trouble = {
      message: error.message,
      ...(error.code === undefined ? {} : { errno: error.code }),
    };
    if (state === "connecting") {
      state = "useless";
      failed = trouble;
      queue = [];
      shut();
    }
    handlers.trouble(trouble, state === "open");
  };
  const sent = (error: Error | null): void => {
    if (error !== null) report(error);
  };

  socket.on("error", report);
  socket.on("message", (bytes) => handlers.message(bytes));
  socket.once("listening", () => {
    try {
      socket.setRecvBufferSize(receiveBuffer);
    } catch {
      // Systems that refuse the size keep their own.
    }
  });
  socket.once("connect", () => {
    if (state !== "connecting") return;
    state = "open";
    for (const bytes of queue) socket.send(bytes, sent);
    queue = [];
  });
  socket.connect(peer.port, peer.ip);
  socket.unref();

  return {
    send(bytes) {
      if (state === "open") socket.send(bytes, sent);
      else if (state === "connecting") queue.push(bytes);
      else if (state === "useless") queueMicrotask(() => handlers.trouble(failed, false));
    },
    close() {
      const wasUseless = state === "useless" || state === "closed";
      state = "closed";
      queue = [];
      if (!wasUseless) shut();
    },
  };
}
