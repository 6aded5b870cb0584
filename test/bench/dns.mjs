// Measures the resolver against a name server in another process: questions a second, processor time
// a question, unanswered ones, and the time from asking to the answer.
//
//   npm run build && node test/bench/dns.mjs [questions a round, 30000]
//
// The first line of each pair is the same traffic without a resolver: datagrams written by hand, one
// socket, nothing checked. The quotient of the two says more than either on a busy machine.
import { fork } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { defaultLimits } from "../../dist/core/context.js";
import { createResolver } from "../../dist/proto/dns/resolver.js";
import { median, quantile } from "./measure.mjs";

const questions = Number(process.argv[2] ?? 30_000);
const rounds = 5;
let names = 0;

for (const { outstanding, lost } of [
  { outstanding: 100, lost: 0 },
  { outstanding: 500, lost: 0 },
  { outstanding: 10_000, lost: 0 },
  { outstanding: 10_000, lost: 100 },
]) {
  const server = fork(new URL("name-server.mjs", import.meta.url), [String(lost)]);
  const [port] = await once(server, "message");
  const loss = lost === 0 ? "" : `, 1 in ${lost} lost`;
  console.log(`${outstanding} outstanding${loss}`);
  // Without a resolver nothing is sent again, and every id has one question.
  if (lost === 0) await report("  bare", () => bareRound(port, Math.min(outstanding, 500)));
  await report("  resolver", () => resolverRound(port, outstanding));
  server.kill();
}

async function report(label, round) {
  await round(); // the first one pays for the compiler
  const runs = [];
  for (let index = 0; index < rounds; index += 1) runs.push(await round());
  const middle = (key) => median(runs.map((run) => run[key]));
  console.log(
    `${label.padEnd(10)} ${Math.round(middle("perSecond"))}/s, ${middle("cpuUs").toFixed(1)} µs of processor each, ` +
      `p50 ${middle("p50").toFixed(1)} ms, p99 ${middle("p99").toFixed(1)} ms, ` +
      `${Math.max(...runs.map(({ failed }) => failed))} failed`,
  );
}

/** Asks all questions, so many at a time; `ask` resolves to whether there was an answer. */
async function measure(outstanding, ask) {
  const took = [];
  let next = 0;
  let failed = 0;
  const worker = async () => {
    while (next < questions) {
      next += 1;
      names += 1;
      const startedAt = performance.now();
      if (!(await ask(`host${names}.example.com`))) failed += 1;
      took.push(performance.now() - startedAt);
    }
  };
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: outstanding }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  took.sort((a, b) => a - b);
  return {
    perSecond: questions / seconds,
    cpuUs: (user + system) / questions,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    failed,
  };
}

async function resolverRound(port, outstanding) {
  const servers = [{ ip: "127.0.0.1", port }];
  const resolver = createResolver({ servers, trustAd: false, limits: defaultLimits });
  const { signal } = new AbortController();
  const ask = async (name) => (await resolver.query(name, "A", signal)).status === "answer";
  const result = await measure(outstanding, ask);
  resolver.close();
  return result;
}

async function bareRound(port, outstanding) {
  const socket = createSocket({ type: "udp4", recvBufferSize: 4 << 20 });
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  const waiting = new Map();
  socket.on("message", (bytes) => {
    const id = bytes.readUInt16BE(0);
    waiting.get(id)?.(true);
    waiting.delete(id);
  });
  let id = 0;
  const result = await measure(outstanding, (name) => {
    id = (id + 1) & 0xffff;
    const query = bareQuery(id, name);
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      socket.send(query);
    });
  });
  socket.close();
  return result;
}

function bareQuery(id, name) {
  const query = Buffer.alloc(12 + name.length + 6);
  query.writeUInt16BE(id, 0);
  query.writeUInt16BE(1, 4);
  let at = 12;
  for (const label of name.split(".")) {
    query[at] = label.length;
    query.latin1Write(label, at + 1);
    at += label.length + 1;
  }
  query.writeUInt32BE(0x0001_0001, at + 1);
  return query;
}
