import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openFramedTls } from "../../src/wire/framed-tls.ts";
import { ca, cert } from "../kit/certs.ts";

const { certificates, privateKey } = cert("healthy-ec");

/** What the client hears when the server sends these chunks and hangs up. */
async function hear(chunks: readonly Buffer[]): Promise<readonly Buffer[]> {
  const server = createServer({ cert: certificates, key: privateKey }, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      for (const chunk of chunks) socket.write(chunk);
      socket.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const heard: Buffer[] = [];
  const trust = { name: "ca-file", pem: ca };
  const peer = { ip: "127.0.0.1", port, name: "mx.example.com", trust };
  await new Promise<void>((resolve) => {
    const stream = openFramedTls(peer, 2_000, {
      message: (bytes) => heard.push(Buffer.from(bytes)),
      ended: () => resolve(),
    });
    stream.send(Buffer.from("go"));
  });
  await new Promise((resolve) => server.close(resolve));
  return heard;
}

const framed = (message: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message]);

test("messages are the same however the stream is cut", async () => {
  const messages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
  const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(messages, cuts, async (sent, sizes) => {
      const whole = Buffer.concat(sent.map(framed));
      const chunks: Buffer[] = [];
      for (let at = 0, turn = 0; at < whole.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        chunks.push(whole.subarray(at, at + size));
        at += size;
      }
      expect(await hear(chunks)).toEqual(sent.map((message) => Buffer.from(message)));
    }),
    { numRuns: 40 },
  );
});

test("a message that is cut off is not handed on", async () => {
  expect(await hear([framed(Buffer.from("whole")), Buffer.from([0, 5, 1])])).toEqual([
    Buffer.from("whole"),
  ]);
});
