import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { ca } from "../kit/certs.ts";

/** A client for the tests of the scripted servers: no more than they need, and not maildoctor. */
export interface Client {
  /** Sends a line and CRLF. */
  send(line: string): void;
  /** Sends exact bytes. */
  raw(bytes: string): void;
  /** The next line; rejects when the connection ends first. */
  line(): Promise<string>;
  /** The next reply, its lines without line ends. */
  reply(): Promise<string[]>;
  /** Upgrades to TLS; resolves to the version. Trusts anything when the name is null. */
  startTls(serverName?: string | null): Promise<string>;
  /** What has arrived and was not read. */
  unread(): string;
  /** Resolves to how the connection ended: "end", or the error's code. */
  readonly over: Promise<string>;
  end(): void;
}

export async function dial(port: number, host = "127.0.0.1"): Promise<Client> {
  const socket = connectTcp({ port, host });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve).once("error", reject);
  });
  return clientOn(socket);
}

function clientOn(first: Socket): Client {
  let stream = first;
  let buffered = "";
  let wake: (() => void) | undefined;
  let how: string | undefined;
  let tell: (how: string) => void;
  const over = new Promise<string>((resolve) => {
    tell = resolve;
  });

  const finish = (ending: string): void => {
    how ??= ending;
    tell(how);
    wake?.();
  };
  const onData = (data: Buffer): void => {
    buffered += data.toString("latin1");
    wake?.();
  };
  const attach = (socket: Socket): void => {
    socket.on("data", onData);
    socket.on("end", () => finish("end"));
    socket.on("error", (error: NodeJS.ErrnoException) => finish(error.code ?? "error"));
    socket.on("close", () => finish("end"));
  };
  attach(stream);

  const line = async (): Promise<string> => {
    for (;;) {
      const end = buffered.indexOf("\n");
      if (end >= 0) {
        const text = buffered.slice(0, end).replace(/\r$/, "");
        buffered = buffered.slice(end + 1);
        return text;
      }
      if (how !== undefined) throw new Error(`the connection is over: ${how}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  return {
    over,
    line,
    send: (text) => void stream.write(`${text}\r\n`),
    raw: (bytes) => void stream.write(Buffer.from(bytes, "latin1")),
    async reply() {
      const lines = [await line()];
      while (lines.at(-1)?.[3] === "-") lines.push(await line());
      return lines;
    },
    startTls: (serverName: string | null = "mx.example.com") =>
      new Promise((resolve, reject) => {
        first.off("data", onData);
        const tls = connectTls({
          socket: first,
          ca,
          ...(serverName === null ? { rejectUnauthorized: false } : { servername: serverName }),
        });
        tls.once("secureConnect", () => resolve(tls.getProtocol() ?? ""));
        tls.once("error", reject);
        attach(tls);
        stream = tls;
      }),
    unread: () => buffered,
    end: () => void stream.end(),
  };
}
