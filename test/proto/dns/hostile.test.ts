import { expect, test } from "vitest";
import { defaultLimits } from "../../../src/core/context.ts";
import type { Answer } from "dns-packet";
import { answerTo, type Query, type Script } from "../../kit/dns-server.ts";
import { exchanger, latch, withServers } from "./with-servers.ts";

const address = (name: string, data = "192.0.2.1"): Answer => ({ type: "A", name, data });
const alias = (name: string, data: string): Answer => ({ type: "CNAME", name, data });
const zone = (name: string): Answer => ({
  type: "SOA",
  name,
  data: { mname: "ns1.example", rname: "root.example", serial: 1, refresh: 1, retry: 1, expire: 1 },
});

test("two OPT records lead to one query without EDNS", async () => {
  const opt: Answer = {
    type: "OPT",
    name: ".",
    udpPayloadSize: 1232,
    flags: 0,
    options: [],
  } as never;
  const script = (query: Query): void =>
    query.answer([address(query.name)], query.hasEdns ? { additionals: [opt, opt] } : {});
  await withServers([{ udp: script }], async (resolver, [server]) => {
    expect(await resolver.query("example.com", "A")).toMatchObject({ status: "answer" });
    expect(server?.udpQueries).toHaveLength(2);
  });
});

test("a server that capitalises every name is understood", async () => {
  const script = (query: Query): void => {
    const bytes = Buffer.from(query.bytes);
    for (let at = 12; at < bytes.length - 16; at += 1) {
      const octet = bytes[at] ?? 0;
      if (octet >= 0x61 && octet <= 0x7a) bytes[at] = octet & ~0x20;
    }
    query.send(answerTo(bytes, [address(query.name.toUpperCase())]));
  };
  await withServers([{ udp: script }], async (resolver) => {
    const answer = await resolver.query("mail.example", "A");
    expect(answer.records.map(({ name }) => name)).toEqual(["mail.example"]);
  });
});

test("an answer over TCP in two pieces, with a second message behind it, is read once", async () => {
  const script: Script = {
    udp: (query) => query.answer([], { truncated: true }),
    tcp: (query, socket) => {
      const bytes = answerTo(query.bytes, [address(query.name)]);
      const framed = Buffer.concat([Buffer.from([0, bytes.length]), bytes]);
      socket.write(framed.subarray(0, 1));
      socket.write(Buffer.concat([framed.subarray(1), framed]));
    },
  };
  await withServers([script], async (resolver) => {
    expect((await resolver.query("example.com", "A")).records).toHaveLength(1);
  });
});

test("an empty message over TCP is a failure of TCP", async () => {
  const script: Script = {
    udp: (query) => query.answer([], { truncated: true }),
    tcp: (_query, socket) => void socket.write(Uint8Array.of(0, 0)),
  };
  await withServers([script], async (resolver) => {
    expect((await resolver.query("example.com", "A")).failure?.code).toBe("dns-tcp");
  });
});

test("a first server whose TCP is dead does not keep the second from answering", async () => {
  const first: Script = { udp: (query) => query.answer([], { truncated: true }) };
  await withServers([first, { udp: exchanger }], async (resolver, [, second]) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer).toMatchObject({ status: "answer", server: `127.0.0.1:${second?.port}` });
    expect(answer.notes[0]).toMatch(/refuses TCP connections/);
  });
});

test("REFUSED from the first server is followed by the answer of the second", async () => {
  const refuse: Script = { udp: (query) => query.answer([], { rcode: 5 }) };
  await withServers([refuse, { udp: exchanger }], async (resolver) => {
    expect((await resolver.query("example.com", "MX")).status).toBe("answer");
  });
});

test("records of other types beside the wanted one change nothing", async () => {
  const script = (query: Query): void =>
    query.answer([
      address(query.name),
      { type: "TXT", name: query.name, data: ["noise"] },
      { type: "MX", name: query.name, data: { preference: 5, exchange: "mx.example.com" } },
    ]);
  await withServers([{ udp: script }], async (resolver) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer.records.map(({ value }) => value.exchange)).toEqual(["mx.example.com"]);
    expect(answer.notes).toEqual(["ignored 2 records that nobody asked for"]);
  });
});

test("aliases made from a DNAME, over two messages, lead to their end", async () => {
  const script = (query: Query): void =>
    query.name.endsWith("old.example")
      ? query.answer([
          { type: "DNAME", name: "old.example", data: "new.example" },
          alias("mail.old.example", "mail.new.example"),
        ])
      : query.answer([address(query.name)]);
  await withServers([{ udp: script }], async (resolver) => {
    const answer = await resolver.query("mail.old.example", "A");
    expect(answer).toMatchObject({ status: "answer", cnameChain: ["mail.new.example"], notes: [] });
  });
});

test("an alias to a name that does not exist is a name that does not exist", async () => {
  const script = (query: Query): void =>
    query.answer([alias("www.example.com", "gone.example.com")], {
      rcode: 3,
      authorities: [zone("example.com")],
    });
  await withServers([{ udp: script }], async (resolver, [server]) => {
    const answer = await resolver.query("www.example.com", "A");
    expect(answer).toMatchObject({ status: "name-not-found", cnameChain: ["gone.example.com"] });
    expect(server?.udpQueries).toHaveLength(1);
  });
});

test("a name with two thousand alias targets is noted once", async () => {
  const script: Script = {
    udp: (query) =>
      query.name === "many.example"
        ? query.answer([], { truncated: true })
        : query.answer([address(query.name)]),
    tcp: (query) => {
      const targets = Array.from({ length: 2000 }, (_none, index) => `t${index}`);
      query.answer(targets.map((target) => alias(query.name, target)));
    },
  };
  await withServers([script], async (resolver) => {
    const { notes } = await resolver.query("many.example", "A");
    expect(notes.filter((note) => /more than one alias target/.test(note))).toHaveLength(1);
    expect(notes.length).toBeLessThan(10);
  });
});

test("a thousand extended errors do not make a message of a thousand lines", async () => {
  const option = Buffer.from("000f0006000961616161", "hex");
  const script = (query: Query): void => {
    const bytes = answerTo(query.bytes, [], { rcode: 2 });
    const data = Buffer.concat(Array.from({ length: 1000 }, () => option));
    const opt = Buffer.from("0000290400000000000000", "hex");
    opt.writeUInt16BE(data.length, 9);
    bytes.writeUInt16BE(1, 10);
    query.send(Buffer.concat([bytes, opt, data]));
  };
  await withServers([{ udp: script }], async (resolver) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer.extendedErrors).toHaveLength(8);
    expect(answer.failure?.message.length).toBeLessThan(1000);
  });
});

test("no caller who gives up spoils the answer for those after him", async () => {
  const held: Query[] = [];
  const arrived = latch();
  const script = (query: Query): void => {
    held.push(query);
    arrived.open();
  };
  await withServers(
    [{ udp: script }],
    async (resolver, [server]) => {
      const callers = Array.from({ length: 20 }, () => new AbortController());
      const questions = callers.map(({ signal }) => resolver.query("example.com", "MX", signal));
      for (const caller of callers) caller.abort(new Error("deadline"));
      for (const answer of await Promise.all(questions)) expect(answer.status).toBe("failed");
      const later = resolver.query("example.com", "MX");
      await arrived.opened;
      for (const query of held) exchanger(query);
      expect((await later).status).toBe("answer");
      expect(server?.udpQueries).toHaveLength(1);
    },
    { limits: defaultLimits },
  );
});

test("ids do not repeat nor follow one another", async () => {
  const script = (query: Query): void => query.answer([address(query.name)]);
  await withServers([{ udp: script }], async (resolver, [server]) => {
    for (let index = 0; index < 200; index += 1) await resolver.query(`h${index}.example`, "A");
    const ids = (server?.udpQueries ?? []).map((bytes) => bytes.readUInt16BE(0));
    expect(new Set(ids).size).toBeGreaterThan(190);
    const steps = ids.slice(1).map((id, index) => id - (ids[index] ?? 0));
    expect(new Set(steps).size).toBeGreaterThan(190);
  });
});
