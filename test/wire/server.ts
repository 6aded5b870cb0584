import { createServer, type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { defaultLimits, type Limits } from "../../src/core/context.ts";
import type { Connection } from "../../src/wire/connection.ts";
import { startDeadline, type Deadline } from "../../src/wire/deadline.ts";
import { createDial } from "../../src/wire/dial.ts";

/** Serves every connection on a free loopback port until the test ends; returns the port. */
export async function serve(onConnection: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export const host = "mx.example.com";

/** A connection to the port, closed when the test ends. */
export async function connectTo(port: number, changes: Partial<Limits> = {}): Promise<Connection> {
  const limits = { ...defaultLimits, connectMs: 2_000, ...changes };
  const dial = createDial({ connectTo: [], limits });
  const endpoint = { host, ip: "127.0.0.1", port };
  const result = await dial(endpoint, new AbortController().signal);
  if ("failure" in result) throw new Error(result.failure.message);
  onTestFinished(() => result.connection.destroy());
  return result.connection;
}

/** A deadline that the test clears. */
export function within(ms: number, parent = new AbortController().signal): Deadline {
  const deadline = startDeadline(ms, parent);
  onTestFinished(() => deadline.clear());
  return deadline;
}
