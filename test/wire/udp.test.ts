import { createSocket } from "node:dgram";
import { expect, test } from "vitest";
import { openDatagramSocket, type SocketTrouble } from "../../src/wire/udp.ts";
import { startDnsServer, unusedPort } from "../kit/dns-server.ts";

/** Collects what a socket hears until something has come. */
function listen(peer: { ip: string; port: number }) {
  let heard = (_what: Buffer | SocketTrouble): void => undefined;
  const first = new Promise<Buffer | SocketTrouble>((resolve) => {
    heard = resolve;
  });
  const usable: boolean[] = [];
  const socket = openDatagramSocket(peer, {
    message: (bytes) => heard(bytes),
    trouble: (trouble, stillUsable) => {
      usable.push(stillUsable);
      heard(trouble);
    },
  });
  return { socket, first, usable };
}

const example = Buffer.from("123401200001000000000000076578616d706c6503636f6d0000010001", "hex");

test.each(["127.0.0.1", "::1"] as const)("a datagram to %s comes back", async (host) => {
  const server = await startDnsServer({ host, udp: (query) => query.send(query.bytes) });
  const { socket, first } = listen(server);
  socket.send(example);
  expect(await first).toEqual(example);
  socket.close();
  await server.close();
});

test("a datagram from another sender is not heard", async () => {
  const stranger = createSocket("udp4");
  const server = await startDnsServer({
    udp: (query) => {
      const { port, address } = query.from;
      stranger.send("forged", port, address, () => query.send(query.bytes));
    },
  });
  const { socket, first } = listen(server);
  socket.send(example);
  expect(await first).toEqual(example);
  socket.close();
  stranger.close();
  await server.close();
});

test("a port where nothing listens is trouble, and the socket can still be used", async () => {
  const { socket, first, usable } = listen(await unusedPort());
  socket.send(example);
  expect(await first).toMatchObject({ errno: "ECONNREFUSED" });
  expect(usable).toEqual([true]);
  socket.close();
});

test("an address without a route is trouble for every datagram, and nothing throws", async () => {
  const { socket, first, usable } = listen({ ip: "255.255.255.255", port: 53 });
  socket.send(example);
  expect(await first).toHaveProperty("errno");
  expect(usable).toEqual([false]);
  socket.send(example);
  await Promise.resolve();
  expect(usable).toEqual([false, false]);
  socket.close();
  socket.close();
  socket.send(example);
});

test("closing before the socket is connected is quiet", async () => {
  const { socket, usable } = listen(await unusedPort());
  socket.send(example);
  socket.close();
  await new Promise(setImmediate);
  expect(usable).toEqual([]);
});
