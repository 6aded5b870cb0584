import { connect, type Socket } from "node:net";
import { freePort, startServer, until, type LocalEndpoint } from "./process.ts";

/** Ports whose SYN packets the kernel drops, as a firewall would. */
export interface SilentPorts {
  readonly endpoints: readonly LocalEndpoint[];
  stop(): Promise<void>;
}

/**
 * A process that listens and then never accepts: with its queue full, the kernel drops further SYNs.
 * Arguments: address and port of each.
 */
const sleeper = `
const { createServer } = require("node:net");
const endpoints = process.argv.slice(1);
let waiting = endpoints.length / 2;
while (endpoints.length > 0) {
  const [host, port] = endpoints.splice(0, 2);
  createServer().listen({ host, port: Number(port), backlog: 1 }, () => {
    if (--waiting > 0) return;
    process.stdout.write("listening");
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
}
`;

/** How long a connection on loopback may take before its SYN counts as dropped. */
const droppedAfterMs = 300;

/** Opens one silent port at each of the addresses. */
export async function openSilentPorts(addresses: readonly string[]): Promise<SilentPorts> {
  const endpoints = await Promise.all(
    addresses.map(async (address) => ({ address, port: await freePort(address) })),
  );
  const args = endpoints.flatMap(({ address, port }) => [address, String(port)]);
  const server = startServer(process.execPath, ["-e", sleeper, ...args]);
  const fillers: Socket[] = [];
  const stop = async (): Promise<void> => {
    for (const socket of fillers) socket.destroy();
    await server.stop();
  };
  try {
    await until(
      () => Promise.resolve(server.output().includes("listening")),
      10_000,
      () => `no silent ports: ${server.output()}`,
    );
    await Promise.all(endpoints.map((endpoint) => fill(endpoint, fillers)));
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoints, stop };
}

/** Connects until a connection does not come about any more. */
async function fill({ address, port }: LocalEndpoint, fillers: Socket[]): Promise<void> {
  for (let count = 0; count < 32; count += 1) {
    const socket = connect(port, address);
    fillers.push(socket);
    const connected = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.setTimeout(droppedAfterMs, () => resolve(false));
    });
    if (!connected) {
      socket.destroy();
      return;
    }
  }
  throw new Error(`${address}:${port} still accepts connections`);
}
