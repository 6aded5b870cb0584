import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { onTestFinished } from "vitest";
import type { ZoneServer } from "../../src/demo/zone-server.ts";
import { exchangeFramed } from "../../src/wire/framed-tcp.ts";
import type { ServerIdentity } from "../../src/wire/listen.ts";
import { cert } from "./certs.ts";

/** What a server has seen so far. */
export interface SecureServer {
  readonly port: number;
  /** DNS messages received, in order. */
  readonly queries: readonly Buffer[];
  /** How many handshakes were completed. */
  connections(): number;
  /** Destroys the connections that are open. */
  hangUp(): void;
}

type Answer = (query: Buffer) => Promise<Buffer | undefined> | Buffer | undefined;

/** Passes every query on to a zone server, over TCP. */
export function fromZones({ host, port }: ZoneServer): Answer {
  return async (query) => {
    const never = new AbortController().signal;
    const result = await exchangeFramed({ ip: host, port }, query, 5_000, never);
    return "message" in result ? result.message : undefined;
  };
}

interface TlsScript {
  readonly identity?: ServerIdentity;
  readonly answer?: Answer;
  /** In place of an answer. */
  readonly act?: (query: Buffer, socket: TLSSocket, number: number) => void;
}

/** DNS over TLS on loopback until the test ends; presents healthy-ec and is silent unless told otherwise. */
export async function serveDnsOverTls(script: TlsScript): Promise<SecureServer> {
  const queries: Buffer[] = [];
  const { key, cert: chain } = keyPair(script.identity);
  const server = createTlsServer({ key, cert: chain }, (socket) => {
    let held = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const end = 2 + held.readUInt16BE(0);
        const query = held.subarray(2, end);
        held = held.subarray(end);
        queries.push(query);
        script.act?.(query, socket, queries.length);
        void Promise.resolve(script.answer?.(query)).then(
          (reply) => reply && socket.write(framed(reply)),
        );
      }
    });
  });
  return await serve(server, queries);
}

interface HttpsScript {
  readonly identity?: ServerIdentity;
  readonly answer?: Answer;
  /** In place of an answer. */
  readonly act?: (response: ServerResponse, query: Buffer, request: IncomingMessage) => void;
}

/** DNS over HTTPS on loopback until the test ends; every path answers POST. */
export async function serveDnsOverHttps(
  script: HttpsScript,
): Promise<SecureServer & { readonly requests: readonly IncomingMessage[] }> {
  const queries: Buffer[] = [];
  const requests: IncomingMessage[] = [];
  const { key, cert: chain } = keyPair(script.identity);
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const query = Buffer.concat(chunks);
    queries.push(query);
    requests.push(request);
    if (script.act !== undefined) return script.act(response, query, request);
    const reply = await script.answer?.(query);
    if (reply === undefined) return;
    response.setHeader("content-type", "application/dns-message");
    response.end(reply);
  };
  const server = createHttpsServer({ key, cert: chain }, (request, response) => {
    void respond(request, response).catch(() => undefined);
  });
  return { ...(await serve(server, queries)), requests };
}

/** The message behind its length. */
export function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

function keyPair(identity: ServerIdentity = cert("healthy-ec")): { key: string; cert: string } {
  return { key: identity.privateKey, cert: identity.certificates };
}

async function serve(
  server: ReturnType<typeof createTlsServer>,
  queries: readonly Buffer[],
): Promise<SecureServer> {
  const open = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => undefined).once("close", () => open.delete(socket));
  });
  server.on("secureConnection", () => (connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const hangUp = (): void => {
    for (const socket of open) socket.destroy();
  };
  onTestFinished(async () => {
    hangUp();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    port: (server.address() as AddressInfo).port,
    queries,
    connections: () => connections,
    hangUp,
  };
}
