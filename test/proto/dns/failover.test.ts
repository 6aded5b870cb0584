import { expect, test } from "vitest";
import { defaultLimits } from "../../../src/core/context.ts";
import { createResolver } from "../../../src/proto/dns/resolver.ts";
import { unusedPort, type Query, type Script } from "../../kit/dns-server.ts";
import { exchanger, withServers } from "./with-servers.ts";

test("a silent server is followed by the next, and asked last from then on", async () => {
  await withServers([{}, { udp: exchanger }], async (resolver, [silent, good]) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer).toMatchObject({ status: "answer", server: `127.0.0.1:${good?.port}` });
    expect(silent?.udpQueries).toHaveLength(1);
    await resolver.query("example.net", "MX");
    expect(silent?.udpQueries).toHaveLength(1);
  });
});

test("a dead first server costs half a second once, not two for every question", async () => {
  await withServers(
    [{}, { udp: exchanger }],
    async (resolver, [dead]) => {
      const startedAt = performance.now();
      for (const name of ["a.example", "b.example", "c.example"])
        expect((await resolver.query(name, "MX")).status).toBe("answer");
      expect(performance.now() - startedAt).toBeLessThan(1500);
      expect(dead?.udpQueries).toHaveLength(1);
    },
    { limits: defaultLimits },
  );
});

test("a first server that is slow but alive is asked first again", async () => {
  let late: Query | undefined;
  const first: Script = {
    udp: (query) => (query.number === 1 ? void (late = query) : exchanger(query)),
  };
  const second: Script = {
    udp: (query) => {
      exchanger(query);
      if (late !== undefined) exchanger(late);
    },
  };
  await withServers([first, second], async (resolver, [slow, fast]) => {
    await resolver.query("a.example", "MX");
    await resolver.query("b.example", "MX");
    await resolver.query("c.example", "MX");
    expect(slow?.udpQueries.length).toBeGreaterThan(1);
    expect(fast?.udpQueries.length).toBeLessThan(3);
  });
});

test("a server that has answered before is given its whole time", async () => {
  const first: Script = {
    udp: (query) => {
      if (query.name !== "slow.example" || query.number > 2) exchanger(query);
    },
  };
  await withServers(
    [first, { udp: exchanger }],
    async (resolver, [, second]) => {
      await resolver.query("example.com", "MX");
      expect((await resolver.query("slow.example", "MX")).status).toBe("answer");
      expect(second?.udpQueries).toEqual([]);
    },
    { limits: defaultLimits },
  );
});

test("the late answer of the first server counts while the second is asked", async () => {
  let late: Query | undefined;
  const first: Script = { udp: (query) => void (late ??= query) };
  const second: Script = { udp: () => late && exchanger(late) };
  await withServers([first, second], async (resolver, [server]) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer).toMatchObject({ status: "answer", server: `127.0.0.1:${server?.port}` });
  });
});

test("a definite answer beats SERVFAIL, which is noted", async () => {
  const broken: Script = { udp: (query) => query.answer([], { rcode: 2 }) };
  await withServers([broken, { udp: exchanger }], async (resolver, [first, second]) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer).toMatchObject({ status: "answer", server: `127.0.0.1:${second?.port}` });
    expect(answer.notes).toEqual([
      `the resolver 127.0.0.1:${first?.port} answered SERVFAIL to MX example.com`,
    ]);
    expect(first?.udpQueries).toHaveLength(1);
  });
});

test("SERVFAIL beats the silence of the next server", async () => {
  const broken: Script = { udp: (query) => query.answer([], { rcode: 2 }) };
  await withServers([broken, {}], async (resolver) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer).toMatchObject({ rcode: "SERVFAIL", failure: { code: "dns-servfail" } });
  });
});

test("an address where nothing listens is said to be that, at once", async () => {
  const nobody = await unusedPort();
  const resolver = createResolver({ servers: [nobody], trustAd: false, limits: defaultLimits });
  const startedAt = performance.now();
  const answer = await resolver.query("example.com", "MX");
  resolver.close();
  expect(answer.failure).toMatchObject({ code: "connect-refused", errno: "ECONNREFUSED" });
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

test("a server on ::1 is asked over IPv6", async () => {
  const script: Script = {
    host: "::1",
    udp: (query) => query.answer([], { truncated: true }),
    tcp: exchanger,
  };
  await withServers([script], async (resolver, [server]) => {
    expect(resolver.servers).toEqual([`[::1]:${server?.port}`]);
    const answer = await resolver.query("example.com", "MX");
    expect(answer).toMatchObject({ status: "answer", server: `[::1]:${server?.port}` });
  });
});
