import { expect, test } from "vitest";
import { answerTo, type Query, type Script } from "../../kit/dns-server.ts";
import { otherName, withServers } from "./with-servers.ts";

test("a truncated answer is asked for again over TCP", async () => {
  const long = "x".repeat(200);
  const texts = (query: Query): void =>
    query.answer([{ type: "TXT", name: query.name, data: Array<string>(100).fill(long) }]);
  const script: Script = { udp: (query) => query.answer([], { truncated: true }), tcp: texts };
  await withServers([script], async (resolver) => {
    const answer = await resolver.query("example.com", "TXT");
    expect(answer).toMatchObject({ status: "answer", transport: "tcp", truncated: true });
    expect(answer.records[0]?.value).toHaveLength(100);
  });
});

test("an answer that comes over TCP one octet at a time is read whole", async () => {
  const script: Script = {
    udp: (query) => query.answer([], { truncated: true }),
    tcp: (query, socket) => {
      const bytes = answerTo(query.bytes, [{ type: "A", name: query.name, data: "192.0.2.1" }]);
      socket.setNoDelay(true);
      for (const octet of [0, bytes.length, ...bytes]) socket.write(Uint8Array.of(octet));
    },
  };
  await withServers([script], async (resolver) => {
    expect((await resolver.query("example.com", "A")).status).toBe("answer");
  });
});

test.each<[string, Script["tcp"], RegExp]>([
  ["is silent", () => undefined, /did not answer over TCP within 150 ms/],
  ["is truncated too", (query) => query.answer([], { truncated: true }), /over TCP too/],
  ["closes", (_query, socket) => void socket.end(), /closed the TCP connection/],
  ["is refused", undefined, /refuses TCP connections/],
  [
    "answers another question",
    (query) => query.send(answerTo(otherName(query.bytes), [])),
    /another question over TCP/,
  ],
  [
    "promises more than it sends",
    (_query, socket) => void socket.write(Uint8Array.of(255, 255, 0)),
    /did not answer over TCP/,
  ],
])("a truncated answer whose TCP %s is a failure within its time", async (_what, tcp, message) => {
  const truncate = (query: Query): void => query.answer([], { truncated: true });
  const script: Script = { udp: truncate, ...(tcp === undefined ? {} : { tcp }) };
  await withServers([script], async (resolver) => {
    const startedAt = performance.now();
    const answer = await resolver.query("example.com", "TXT");
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(answer).toMatchObject({
      status: "failed",
      truncated: true,
      failure: { code: "dns-tcp" },
    });
    expect(answer.failure?.message).toMatch(message);
  });
});
