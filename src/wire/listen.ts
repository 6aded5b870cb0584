import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createSecureContext, TLSSocket, type SecureVersion } from "node:tls";

/** What a listening side presents in TLS. */
export interface ServerIdentity {
  /** PEM: the chain that is presented, leaf first. */
  readonly certificates: string;
  /** PEM: the leaf's private key. */
  readonly privateKey: string;
  /** TLS 1.0 unless given. */
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
}

/** What a client sent next: a line without its terminator, or the end of the stream. */
export type Heard =
  | { readonly line: string; readonly encrypted: boolean }
  | { readonly ended: "closed" | "reset" | "too-long" };

/** The accepting end of one connection. No method throws or rejects for what the peer does. */
export interface Accepted {
  /** The next line, up to LF or CRLF, as UTF-8; at most 64 KiB. */
  readLine(): Promise<Heard>;
  /** Sends the bytes in one write; resolves when they are handed to the system. */
  write(bytes: Uint8Array): Promise<void>;
  /** Runs the server's side of a TLS handshake; false when it fails. */
  startTls(identity: ServerIdentity): Promise<boolean>;
  /** What was received and not read yet. */
  pending(): string;
  /** Sends FIN (after close_notify under TLS). */
  close(): void;
  /** Sends RST. */
  reset(): void;
  /** Resolves when the connection is gone. */
  readonly gone: Promise<void>;
}

export interface Listener {
  readonly port: number;
  /** Stops listening and destroys every open connection. */
  close(): Promise<void>;
}

const mostLineBytes = 65_536;
/** No connection lives longer: a client that was forgotten must not keep the server. */
const lifetimeMs = 600_000;

/**
 * Listens for TCP connections on a free port of the address and hands each to `onConnection`.
 * Rejects when the address cannot be listened on.
 */
export function listen(
  host: string,
  onConnection: (connection: Accepted) => void,
): Promise<Listener> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    onConnection(accept(socket));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of open) socket.destroy();
          }),
      });
    });
  });
}

function accept(raw: Socket): Accepted {
  let stream: Socket = raw;
  let buffered = Buffer.alloc(0);
  let ended: "closed" | "reset" | undefined;
  let wake: (() => void) | undefined;

  const finish = (how: "closed" | "reset"): void => {
    ended ??= how;
    wake?.();
  };
  const attach = (socket: Socket): void => {
    socket.on("readable", () => wake?.());
    socket.on("end", () => finish("closed"));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      finish(error.code === "ECONNRESET" ? "reset" : "closed");
    });
    socket.on("close", () => finish("closed"));
  };
  attach(raw);
  raw.setNoDelay(true);
  const life = setTimeout(() => raw.destroy(), lifetimeMs).unref();
  raw.once("close", () => clearTimeout(life));

  /** Takes what has arrived out of the socket. Not called between STARTTLS and the handshake. */
  const drain = (): void => {
    const chunk = stream.read() as Buffer | null;
    if (chunk) buffered = Buffer.concat([buffered, chunk]);
  };

  return {
    async readLine() {
      for (;;) {
        const end = buffered.indexOf(0x0a);
        if (end >= 0) {
          const line = buffered.subarray(0, end).toString("utf8").replace(/\r$/, "");
          buffered = buffered.subarray(end + 1);
          return { line, encrypted: stream !== raw };
        }
        if (buffered.length > mostLineBytes) return { ended: "too-long" };
        const before = buffered.length;
        drain();
        if (buffered.length > before) continue;
        if (ended) return { ended };
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    },
    write: (bytes) =>
      new Promise((resolve) => {
        if (ended === "reset" || !stream.writable) resolve();
        else stream.write(bytes, () => resolve());
      }),
    pending: () => {
      if (stream.readableLength > 0) drain();
      return buffered.toString("utf8");
    },
    startTls: (identity) =>
      new Promise((resolve) => {
        if (raw.destroyed) return resolve(false);
        raw.removeAllListeners("readable");
        const tls = new TLSSocket(raw, {
          isServer: true,
          secureContext: createSecureContext({
            cert: identity.certificates,
            key: identity.privateKey,
            minVersion: identity.minVersion ?? "TLSv1",
            ...(identity.maxVersion === undefined ? {} : { maxVersion: identity.maxVersion }),
            // Short keys, SHA-1 and old versions are what some of the servers are there to show.
            ciphers: "DEFAULT@SECLEVEL=0",
          }),
        });
        stream = tls;
        attach(tls);
        tls.once("secure", () => resolve(true));
        tls.once("close", () => resolve(false));
        raw.once("close", () => resolve(false));
      }),
    close: () => void stream.end(),
    reset: () => void raw.resetAndDestroy(),
    gone: new Promise((resolve) => {
      raw.once("close", () => resolve());
    }),
  };
}
