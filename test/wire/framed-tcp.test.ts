import { createServer, type AddressInfo, type Socket } from "node:net";
import { expect, test } from "vitest";
import { exchangeFramed } from "../../src/wire/framed-tcp.ts";
import { unusedPort } from "../kit/dns-server.ts";

/** Asks a server that does what it is told with each connection. */
async function ask(serve: (socket: Socket) => void, signal = new AbortController().signal) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await exchangeFramed({ ip: "127.0.0.1", port }, Buffer.from("question"), 200, signal);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

test("a message goes out and comes back behind its length", async () => {
  let received = "";
  const result = await ask((socket) => {
    socket.once("data", (bytes: Buffer) => {
      received = bytes.toString("latin1");
      socket.write("\0\x06answer");
    });
  });
  expect(received).toBe("\0\x08question");
  expect(result).toEqual({ message: Buffer.from("answer") });
});

test("what follows the first message is left out", async () => {
  const result = await ask((socket) => socket.write("\0\x06answer\0\x04more"));
  expect(result).toEqual({ message: Buffer.from("answer") });
});

test("the longest message is read whole", async () => {
  const result = await ask((socket) => socket.write(Buffer.alloc(65_537, 255)));
  expect(result).toEqual({ message: Buffer.alloc(65_535, 255) });
});

test.each(["", "\0", "\0\x06answ"])("the end of the connection after %j is told", async (text) => {
  expect(await ask((socket) => socket.end(text, "latin1"))).toEqual({ failed: "closed" });
});

test("a reset is told with its error", async () => {
  const result = await ask((socket) => {
    socket.once("data", () => socket.resetAndDestroy());
  });
  expect(result).toMatchObject({ failed: "error", trouble: { errno: "ECONNRESET" } });
});

test("a server that keeps sending an octet does not move the deadline", async () => {
  const startedAt = performance.now();
  const result = await ask((socket) => {
    socket.write(Uint8Array.of(255, 255));
    const timer = setInterval(() => socket.write("x"), 20);
    socket.once("close", () => clearInterval(timer));
  });
  expect(result).toEqual({ failed: "timeout" });
  expect(performance.now() - startedAt).toBeLessThan(400);
});

test("a port where nothing listens refuses", async () => {
  const { signal } = new AbortController();
  const result = await exchangeFramed(await unusedPort(), Buffer.from("question"), 200, signal);
  expect(result).toMatchObject({ failed: "error", trouble: { errno: "ECONNREFUSED" } });
});

test("an exchange that is given up ends at once, and so does one that was before it began", async () => {
  const controller = new AbortController();
  const given = ask((socket) => socket.once("data", () => controller.abort()), controller.signal);
  expect(await given).toEqual({ failed: "cancelled" });
  expect(await ask(() => undefined, controller.signal)).toEqual({ failed: "cancelled" });
});
