import { createSocket, type RemoteInfo } from "node:dgram";
import { createServer, type AddressInfo, type Socket } from "node:net";
import * as codec from "dns-packet";

/** A query as it came, and ways to answer it. */
export interface Query {
  readonly bytes: Buffer;
  /** Counts from 1, for each transport. */
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly hasEdns: boolean;
  /** The asker's socket. */
  readonly from: { readonly address: string; readonly port: number };
  /** Sends bytes as they are. */
  send(bytes: Buffer): void;
  /** Sends a well-formed answer: the question as it came, these records, this rcode. */
  answer(records?: readonly codec.Answer[], more?: AnswerParts): void;
}

export interface AnswerParts {
  readonly rcode?: number;
  readonly truncated?: boolean;
  readonly authentic?: boolean;
  readonly authorities?: readonly codec.Answer[];
  readonly additionals?: readonly codec.Answer[];
}

export interface Script {
  readonly host?: "127.0.0.1" | "::1";
  readonly udp?: (query: Query) => void;
  /** Without it nothing listens on TCP. */
  readonly tcp?: (query: Query, socket: Socket) => void;
}

export interface ScriptedServer {
  readonly ip: string;
  readonly port: number;
  /** Queries received over UDP, as bytes. */
  readonly udpQueries: readonly Buffer[];
  readonly tcpQueries: readonly Buffer[];
  close(): Promise<void>;
}

/** Starts a DNS server on a free loopback port, the same for UDP and TCP, that does what it is told. */
export async function startDnsServer(script: Script): Promise<ScriptedServer> {
  const host = script.host ?? "127.0.0.1";
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const server = await tryToStart(host, script);
    if (server !== undefined) return server;
  }
  throw new Error("no port is free for both UDP and TCP");
}

async function tryToStart(host: string, script: Script): Promise<ScriptedServer | undefined> {
  const udpQueries: Buffer[] = [];
  const tcpQueries: Buffer[] = [];
  const sockets = new Set<Socket>();
  const udp = createSocket({ type: host === "::1" ? "udp6" : "udp4", recvBufferSize: 1 << 20 });
  udp.on("message", (bytes: Buffer, from: RemoteInfo) => {
    udpQueries.push(bytes);
    const send = (reply: Buffer): void => udp.send(reply, from.port, from.address);
    script.udp?.(asQuery(bytes, udpQueries.length, from, send));
  });
  await new Promise<void>((resolve) => udp.bind(0, host, resolve));
  const { port } = udp.address();

  const { tcp: onTcp } = script;
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", (framed: Buffer) => {
      const bytes = framed.subarray(2);
      tcpQueries.push(bytes);
      const send = (reply: Buffer): void => {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([length, reply]));
      };
      const from = { address: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 };
      onTcp?.(asQuery(bytes, tcpQueries.length, from, send), socket);
    });
  });
  if (onTcp !== undefined) {
    const listening = await new Promise<boolean>((resolve) => {
      listener.once("error", () => resolve(false));
      listener.listen(port, host, () => resolve(true));
    });
    if (!listening) {
      udp.close();
      return undefined;
    }
  }
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => udp.close(() => resolve()));
    if (listener.listening) await new Promise((resolve) => listener.close(resolve));
  };
  return { ip: host, port, udpQueries, tcpQueries, close };
}

/** A loopback address and port where nothing listens. */
export async function unusedPort(): Promise<{ ip: string; port: number }> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return { ip: "127.0.0.1", port };
}

function asQuery(
  bytes: Buffer,
  number: number,
  from: Query["from"],
  send: (reply: Buffer) => void,
): Query {
  const { questions: [question] = [], additionals = [] } = codec.decode(bytes);
  return {
    bytes,
    number,
    from,
    name: (question?.name ?? "").toLowerCase(),
    type: question?.type ?? "",
    hasEdns: additionals.some(({ type }) => type === "OPT"),
    send,
    answer: (records = [], more = {}) => send(answerTo(bytes, records, more)),
  };
}

/** The bytes of a well-formed answer to a query. */
export function answerTo(
  query: Buffer,
  records: readonly codec.Answer[],
  more: AnswerParts = {},
): Buffer {
  const { id = 0, questions = [] } = codec.decode(query);
  const flags =
    codec.RECURSION_DESIRED |
    codec.RECURSION_AVAILABLE |
    (more.rcode ?? 0) |
    (more.truncated === true ? codec.TRUNCATED_RESPONSE : 0) |
    (more.authentic === true ? codec.AUTHENTIC_DATA : 0);
  return codec.encode({
    type: "response",
    id,
    flags,
    questions,
    answers: [...records],
    authorities: [...(more.authorities ?? [])],
    additionals: [...(more.additionals ?? [])],
  });
}
