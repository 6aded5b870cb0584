import { expect, test } from "vitest";
import { defaultLimits } from "../../src/core/context.ts";
import { parseConnectTo } from "../../src/core/connect-to.ts";
import { createDial } from "../../src/wire/dial.ts";
import { host, serve } from "./server.ts";

const limits = { ...defaultLimits, connectMs: 2_000 };
const never = new AbortController().signal;

test("connects to the address that the rule names, and keeps the endpoint for the record", async () => {
  const port = await serve((socket) => socket.end());
  const dial = createDial({ connectTo: [parseConnectTo(`${host}:25:127.0.0.1:${port}`)], limits });
  const result = await dial({ host, ip: "192.0.2.1", port: 25 }, never);
  if ("failure" in result) throw new Error(result.failure.message);
  const { connection } = result;
  expect(connection.endpoint).toEqual({ host, ip: "192.0.2.1", port: 25 });
  expect(connection.localAddress).toBe("127.0.0.1");
  expect(connection.encrypted).toBe(false);
  expect(connection.transcript.entries[0]?.text).toBe(
    `Connecting to 192.0.2.1:25 (at 127.0.0.1:${port})`,
  );
  connection.destroy();
  expect(connection.open).toBe(false);
});

test("a refusal is named, with its errno and without a stack", async () => {
  const dial = createDial({ connectTo: [parseConnectTo("::127.0.0.1:1")], limits });
  const result = await dial({ host, ip: "2001:db8::1", port: 25 }, never);
  expect(result).toMatchObject({
    failure: {
      stage: "connect",
      code: "connect-refused",
      errno: "ECONNREFUSED",
      message: "connection to [2001:db8::1]:25 refused",
    },
    transcript: [{ from: "=" }, { from: "!" }],
  });
});

test("names are never looked up", async () => {
  const dial = createDial({ connectTo: [], limits });
  const result = await dial({ host, ip: "localhost", port: 25 }, never);
  expect(result).toMatchObject({ failure: { code: "bug" } });
});

test.each(["deadline", "aborted"])("a run that has ended (%s) connects nowhere", async (reason) => {
  let connections = 0;
  const port = await serve(() => {
    connections += 1;
  });
  const dial = createDial({ connectTo: [], limits });
  const signal = AbortSignal.abort(new Error(reason));
  const result = await dial({ host, ip: "127.0.0.1", port }, signal);
  expect(result).toMatchObject({ failure: { stage: "connect", code: reason } });
  expect(connections).toBe(0);
});

test("our own time limit is a timeout", async () => {
  const port = await serve(() => undefined);
  const dial = createDial({ connectTo: [], limits: { ...limits, connectMs: 0 } });
  const result = await dial({ host, ip: "127.0.0.1", port }, never);
  // Loopback may be faster than a timer of one millisecond.
  if ("failure" in result) expect(result.failure.code).toBe("connect-timeout");
  else result.connection.destroy();
});
