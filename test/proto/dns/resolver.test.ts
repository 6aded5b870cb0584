import { expect, test } from "vitest";
import { defaultLimits } from "../../../src/core/context.ts";
import { type Query, type Script } from "../../kit/dns-server.ts";
import { readPacket } from "../../kit/packets.ts";
import { exchanger, latch, withServers } from "./with-servers.ts";

test("an answer carries its records, its server and its transport", async () => {
  await withServers([{ udp: exchanger }], async (resolver, [server]) => {
    const answer = await resolver.query("Example.COM.", "MX");
    expect(answer).toEqual({
      name: "example.com",
      type: "MX",
      status: "answer",
      rcode: "NOERROR",
      authentic: "not-judged",
      records: [
        {
          name: "example.com",
          ttlSeconds: 300,
          value: { preference: 10, exchange: "mx.example.com" },
        },
      ],
      cnameChain: [],
      extendedErrors: [],
      server: `127.0.0.1:${server?.port}`,
      transport: "udp",
      notes: [],
      durationMs: expect.any(Number),
    });
  });
});

test("a question is asked once in a run, whoever asks and however it is spelt", async () => {
  await withServers([{ udp: exchanger }], async (resolver, [server]) => {
    const [first, second] = await Promise.all([
      resolver.query("example.com", "MX"),
      resolver.query("EXAMPLE.com.", "MX"),
    ]);
    const third = await resolver.query("example.com", "MX");
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(server?.udpQueries).toHaveLength(1);
  });
});

test("a failure is kept for the run too", async () => {
  const refuse = (query: Query): void => query.answer([], { rcode: 5 });
  await withServers([{ udp: refuse }], async (resolver, [server]) => {
    expect((await resolver.query("example.com", "MX")).failure?.code).toBe("dns-refused");
    expect((await resolver.query("example.com", "MX")).failure?.code).toBe("dns-refused");
    expect(server?.udpQueries).toHaveLength(1);
  });
});

test("the AD bit counts only from a trusted resolver", async () => {
  const signed = (query: Query): void =>
    query.answer([{ type: "A", name: query.name, data: "192.0.2.1" }], { authentic: true });
  const script = { udp: signed };
  await withServers([script], async (resolver) => {
    expect((await resolver.query("example.com", "A")).authentic).toBe("not-judged");
  });
  await withServers(
    [script],
    async (resolver) => {
      expect((await resolver.query("example.com", "A")).authentic).toBe(true);
    },
    { trustAd: true },
  );
  await withServers(
    [{ udp: exchanger }],
    async (resolver) => {
      expect((await resolver.query("example.com", "MX")).authentic).toBe(false);
    },
    { trustAd: true },
  );
});

test("a name that does not exist and a name without the record are told apart", async () => {
  const script = (query: Query): void =>
    query.answer([], { rcode: query.name === "nosuch.example" ? 3 : 0 });
  await withServers([{ udp: script }], async (resolver) => {
    const gone = await resolver.query("nosuch.example", "MX");
    expect(gone).toMatchObject({ status: "name-not-found", rcode: "NXDOMAIN" });
    expect(gone.failure).toBeUndefined();
    const bare = await resolver.query("example.com", "MX");
    expect(bare).toMatchObject({ status: "no-data", rcode: "NOERROR", records: [] });
    expect(bare.failure).toBeUndefined();
  });
});

test("SERVFAIL is a failure that names server, question and extended error", async () => {
  const script = (query: Query): void => {
    const bytes = readPacket("error-servfail-extended");
    query.bytes.copy(bytes, 0, 0, 2);
    query.bytes.copy(bytes, 12, 12, 29);
    query.send(bytes);
  };
  await withServers([{ udp: script }], async (resolver, [server]) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer).toMatchObject({
      status: "failed",
      rcode: "SERVFAIL",
      extendedErrors: [{ code: 9, text: "no SEP matching the DS found" }],
      failure: { stage: "resolve", code: "dns-servfail" },
    });
    expect(answer.failure?.message).toBe(
      `the resolver 127.0.0.1:${server?.port} answered SERVFAIL to MX example.com ` +
        '(EDE 9: DNSKEY Missing, "no SEP matching the DS found")',
    );
  });
});

test("an alias whose end is missing is followed by asking for its target", async () => {
  const script = (query: Query): void =>
    query.name === "www.example.com"
      ? query.answer([{ type: "CNAME", name: query.name, data: "host.example.net" }])
      : query.answer([{ type: "A", name: query.name, data: "192.0.2.1" }]);
  await withServers([{ udp: script }], async (resolver, [server]) => {
    const answer = await resolver.query("www.example.com", "A");
    expect(answer).toMatchObject({
      name: "www.example.com",
      status: "answer",
      cnameChain: ["host.example.net"],
      records: [{ name: "host.example.net", value: "192.0.2.1" }],
    });
    expect((await resolver.query("host.example.net", "A")).cnameChain).toEqual([]);
    expect(server?.udpQueries).toHaveLength(2);
  });
});

test("aliases that lead in a circle over several messages end as a loop", async () => {
  const script = (query: Query): void =>
    query.answer([
      {
        type: "CNAME",
        name: query.name,
        data: query.name === "a.example" ? "b.example" : "a.example",
      },
    ]);
  await withServers([{ udp: script }], async (resolver) => {
    const [a, b] = await Promise.all([
      resolver.query("a.example", "A"),
      resolver.query("b.example", "A"),
    ]);
    expect(a.failure?.code).toBe("dns-cname-loop");
    expect(a.failure?.message).toBe("A a.example leads to aliases that lead back to a.example");
    expect(b.failure?.code).toBe("dns-cname-loop");
  });
});

test("aliases without end are followed eight times", async () => {
  const script = (query: Query): void =>
    query.answer([{ type: "CNAME", name: query.name, data: `x${query.name}` }]);
  await withServers([{ udp: script }], async (resolver, [server]) => {
    const answer = await resolver.query("a.example", "A");
    expect(answer.failure).toMatchObject({ code: "dns-cname-loop" });
    expect(answer.failure?.message).toMatch(/more than 8 aliases/);
    expect(server?.udpQueries).toHaveLength(9);
  });
});

test("a question for the alias itself does not follow it", async () => {
  const script = (query: Query): void =>
    query.answer([{ type: "CNAME", name: query.name, data: "host.example.net" }]);
  await withServers([{ udp: script }], async (resolver, [server]) => {
    const answer = await resolver.query("www.example.com", "CNAME");
    expect(answer.records.map(({ value }) => value)).toEqual(["host.example.net"]);
    expect(answer.cnameChain).toEqual([]);
    expect(server?.udpQueries).toHaveLength(1);
  });
});

test("a name that cannot exist is a failure, and nothing is sent", async () => {
  await withServers([{ udp: exchanger }], async (resolver, [server]) => {
    const answer = await resolver.query(`${"a".repeat(64)}.example`, "MX");
    expect(answer).toMatchObject({ status: "failed", failure: { code: "bad-name" } });
    expect(answer.failure?.message).toMatch(/a label is longer than 63 octets/);
    expect(server?.udpQueries).toEqual([]);
  });
});

test.each([
  ["deadline", "deadline"],
  ["aborted", "aborted"],
])(
  "a caller who gives up (%s) is told so at once; the others have their answer",
  async (why, code) => {
    const held: Query[] = [];
    const arrived = latch();
    const script = (query: Query): void => {
      held.push(query);
      arrived.open();
    };
    await withServers([{ udp: script }], async (resolver) => {
      const controller = new AbortController();
      const impatient = resolver.query("example.com", "MX", controller.signal);
      const patient = resolver.query("example.com", "MX");
      await arrived.opened;
      controller.abort(new Error(why));
      expect(await impatient).toMatchObject({ status: "failed", failure: { code } });
      for (const query of held) exchanger(query);
      expect(await patient).toMatchObject({ status: "answer" });
      const after = await resolver.query("example.com", "MX", controller.signal);
      expect(after).toMatchObject({ status: "failed", failure: { code } });
    });
  },
);

test("closing ends every question under way or waiting, and every later one", async () => {
  await withServers(
    [{}],
    async (resolver) => {
      const questions = Array.from({ length: 600 }, (_none, index) =>
        resolver.query(`host${index}.example`, "MX"),
      );
      resolver.close();
      for (const answer of await Promise.all(questions))
        expect(answer.failure).toMatchObject({ code: "aborted" });
      expect((await resolver.query("late.example", "MX")).failure?.code).toBe("aborted");
    },
    { limits: defaultLimits },
  );
});

test("closing ends every question, over TCP too, and nothing is sent afterwards", async () => {
  const connected = latch();
  const script: Script = {
    udp: (query) => query.answer([], { truncated: true }),
    tcp: () => connected.open(),
  };
  await withServers(
    [script],
    async (resolver, [server]) => {
      const open = resolver.query("example.com", "TXT");
      await connected.opened;
      const startedAt = performance.now();
      resolver.close();
      resolver.close();
      expect((await open).status).toBe("failed");
      expect(performance.now() - startedAt).toBeLessThan(500);
      expect((await resolver.query("example.net", "MX")).failure?.code).toBe("aborted");
      expect(server?.udpQueries).toHaveLength(1);
    },
    { limits: defaultLimits },
  );
});
