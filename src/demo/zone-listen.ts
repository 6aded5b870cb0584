import { createTCPServer, createUDPServer, type Packet, type UDPServer } from "dns2";

/** The message to send back, or undefined to stay silent. */
export type Reply = Buffer | undefined;

/**
 * Opens dns2's UDP and TCP servers on one free port of the address and answers with `answer`.
 * Rejects when no port is free for both. `close` drops open connections.
 */
export async function openNameServer(
  host: string,
  answer: (request: Packet, transport: "udp" | "tcp") => Reply,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open(host, answer);
    } catch (error) {
      // The port that TCP was given may be in use for UDP.
      if (attempt === 20) throw error;
    }
  }
}

/** Whether the records that the header counts can fit. spec: RFC 1035 4.1 */
function isPlausible(message: Buffer): boolean {
  if (message.length < 12) return false;
  const [questions = 0, ...records] = [4, 6, 8, 10].map((at) => message.readUInt16BE(at));
  const least = records.reduce((sum, count) => sum + count * 11, 12 + questions * 5);
  return least <= message.length;
}

async function open(
  host: string,
  answer: (request: Packet, transport: "udp" | "tcp") => Reply,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const tcp = createTCPServer((request, send) => {
    const reply = answer(request, "tcp");
    if (reply) void send(reply);
  });
  const udp = createUDPServer({ type: host.includes(":") ? "udp6" : "udp4" });
  udp.on("request", (request, send) => {
    const reply = answer(request, "udp");
    // The server may be closing; the client is then no longer waiting.
    if (reply) send(reply).catch(() => undefined);
  });

  // dns2 spends seconds on a small message that claims many records.
  udp.removeAllListeners("message");
  udp.on("message", (data: Buffer, from: Parameters<UDPServer["handle"]>[1]) => {
    if (isPlausible(data)) udp.handle(data, from);
  });

  const connections = new Set<{ destroy(): void }>();
  tcp.on("connection", (socket: { destroy(): void; once(event: "close", f: () => void): void }) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  const close = async (): Promise<void> => {
    for (const connection of connections) connection.destroy();
    await Promise.all([
      new Promise<void>((done) => void tcp.close(() => done())),
      new Promise<void>((done) => void udp.close(() => done())),
    ]);
  };

  await new Promise<void>((resolve, reject) => {
    tcp.once("error", reject);
    tcp.listen(0, host, resolve);
  });
  const address = tcp.address();
  const port = typeof address === "object" && address ? address.port : 0;
  try {
    await new Promise<void>((resolve, reject) => {
      udp.once("error", reject);
      udp.bind({ port, address: host, exclusive: true }, resolve);
    });
  } catch (error) {
    await new Promise<void>((done) => void tcp.close(() => done()));
    throw error;
  }
  return { port, close };
}
