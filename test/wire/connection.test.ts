import type { Socket } from "node:net";
import { expect, test } from "vitest";
import type { Connection } from "../../src/wire/connection.ts";
import type { Deadline } from "../../src/wire/deadline.ts";
import { connectTo, serve, within } from "./server.ts";

const greeting = { stage: "greeting", what: "the greeting" } as const;

async function readText(
  connection: Connection,
  deadline: Deadline = within(2_000),
): Promise<string> {
  const result = await connection.readLine(greeting, deadline);
  if ("failure" in result) return result.failure.code;
  return Buffer.from(result.line.bytes).toString();
}

test("reads lines that arrive split and joined", async () => {
  const port = await serve((socket) => {
    socket.write("220 a");
    setImmediate(() => socket.write("b\r\n250 x\n250 y\r"));
    setTimeout(() => socket.write("\n"), 5);
  });
  const connection = await connectTo(port);
  expect(await readText(connection)).toBe("220 ab");
  expect(await readText(connection)).toBe("250 x");
  expect(await readText(connection)).toBe("250 y");
  expect(connection.pendingBytes()).toBe(0);
  expect(connection.transcript.entries.map(({ from, text }) => `${from} ${text}`)).toEqual([
    `= Connecting to 127.0.0.1:${port}`,
    "= Connected",
    "S 220 ab",
    "S 250 x",
    "S 250 y",
  ]);
});

test("what was said before the end is read before the end", async () => {
  const port = await serve((socket) => socket.end("220 a\r\n221 b\r\n"));
  const connection = await connectTo(port);
  expect(await readText(connection)).toBe("220 a");
  expect(await readText(connection)).toBe("221 b");
  expect(await readText(connection)).toBe("closed-early");
});

test("a partial last line is not a line", async () => {
  const port = await serve((socket) => socket.end("220 half a li"));
  const result = await (await connectTo(port)).readLine(greeting, within(2_000));
  expect(result).toMatchObject({
    failure: {
      code: "closed-early",
      message: "the server closed the connection in the middle of the greeting",
    },
  });
});

test("a reset is told from an end", async () => {
  const port = await serve((socket) => {
    socket.write("220 a\r\n");
    socket.once("data", () => socket.resetAndDestroy());
  });
  const connection = await connectTo(port);
  expect(await readText(connection)).toBe("220 a");
  await connection.writeLine("EHLO x", greeting, within(2_000));
  expect(await connection.readLine(greeting, within(2_000))).toMatchObject({
    failure: { code: "connect-reset", errno: "ECONNRESET" },
  });
});

test("silence and drip both end at the absolute deadline, and are told apart", async () => {
  const silent = await serve(() => undefined);
  expect(await readText(await connectTo(silent), within(80))).toBe("read-timeout");
  const drip = await serve((socket) => {
    const timer = setInterval(() => socket.write("x"), 10);
    socket.on("close", () => clearInterval(timer));
  });
  const startedAt = performance.now();
  expect(await readText(await connectTo(drip), within(80))).toBe("too-slow");
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test("the run's end is named as such", async () => {
  const port = await serve(() => undefined);
  const connection = await connectTo(port);
  for (const reason of ["deadline", "aborted"]) {
    const controller = new AbortController();
    const reading = readText(connection, within(2_000, controller.signal));
    controller.abort(new Error(reason));
    expect(await reading).toBe(reason);
  }
});

/** Sends without end, as fast as it is read. */
function flood(socket: Socket, chunk: string): void {
  const send = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on("drain", send);
  send();
}

test("an endless line is cut, and costs no memory", async () => {
  const before = process.memoryUsage().rss;
  const port = await serve((socket) => flood(socket, "x".repeat(16_384)));
  const connection = await connectTo(port);
  const result = await connection.readLine(greeting, within(5_000));
  expect(result).toMatchObject({ failure: { code: "line-too-long" } });
  if ("failure" in result) expect(result.failure.message.length).toBeLessThan(200);
  connection.destroy();
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1_048_576);
});

test("a flood of lines ends at the limit of the connection", async () => {
  const port = await serve((socket) => flood(socket, "250-x\r\n".repeat(1_000)));
  const connection = await connectTo(port);
  let lines = 0;
  for (;;) {
    const text = await readText(connection);
    if (text !== "250-x") {
      expect(text).toBe("too-large");
      break;
    }
    lines += 1;
  }
  expect(lines).toBeLessThan(60_000);
  expect(connection.open).toBe(false);
});

test("a server that never reads blocks us for no longer than the deadline", async () => {
  const port = await serve((socket) => socket.pause());
  const connection = await connectTo(port);
  const deadline = within(300);
  const chunk = Buffer.alloc(60_000, "x");
  let failure;
  for (let count = 0; count < 500 && failure === undefined; count += 1)
    failure = await connection.write(chunk, greeting, deadline);
  expect(failure?.code).toBe("write-blocked");
});

test("writing to a server that has hung up is a failure, not an error", async () => {
  const port = await serve((socket) => socket.end());
  const connection = await connectTo(port);
  expect(await readText(connection)).toBe("closed-early");
  const failure = await connection.writeLine("EHLO x", greeting, within(2_000));
  expect(failure?.code).toBe("closed-early");
});

test("octets that came unasked can be seen, counted and thrown away", async () => {
  const port = await serve((socket) => socket.write("220 a\r\n250 early\r\n"));
  const connection = await connectTo(port);
  expect(await readText(connection)).toBe("220 a");
  expect(connection.pendingBytes()).toBe(11);
  expect(Buffer.from(connection.peek()).toString()).toBe("250 early\r\n");
  connection.discard();
  expect(connection.pendingBytes()).toBe(0);
  expect(connection.transcript.entries.at(-1)).toMatchObject({ from: "S", unexpected: true });
});

test("closing says FIN, and is over even when the server does not answer it", async () => {
  let ended = false;
  const port = await serve((socket) => {
    socket.resume();
    socket.on("end", () => {
      ended = true;
    });
  });
  const connection = await connectTo(port);
  await connection.close();
  expect(ended).toBe(true);
  const deaf = await serve((socket) => socket.pause());
  const other = await connectTo(deaf);
  const startedAt = performance.now();
  await other.close();
  await other.close();
  expect(performance.now() - startedAt).toBeLessThan(1_500);
});
