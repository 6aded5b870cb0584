import { expect, test } from "vitest";
import { defaultLimits } from "../../../src/core/context.ts";
import { answerTo, type Query } from "../../kit/dns-server.ts";
import { readPacket } from "../../kit/packets.ts";
import { exchanger, otherName, otherType, withServers } from "./with-servers.ts";

test("a query asks for recursion, AD, EDNS with DO and 1232 octets, in letters of random case", async () => {
  await withServers([{ udp: exchanger }], async (resolver, [server]) => {
    const name = "abcdefghijklmnopqrstuvwxyz.example";
    await resolver.query(name, "MX");
    const query = server?.udpQueries[0] ?? Buffer.alloc(0);
    expect(query.readUInt16BE(2)).toBe(0x0120);
    expect(query.subarray(-11).toString("hex")).toBe("00002904d0000080000000");
    const sent = query.subarray(13, 39).toString();
    expect(sent.toLowerCase()).toBe("abcdefghijklmnopqrstuvwxyz");
    expect(sent).not.toBe(sent.toLowerCase());
  });
});

test("a lost query is sent again", async () => {
  const script = (query: Query): void => {
    if (query.number > 1) exchanger(query);
  };
  await withServers([{ udp: script }], async (resolver, [server]) => {
    expect((await resolver.query("example.com", "MX")).status).toBe("answer");
    expect(server?.udpQueries).toHaveLength(2);
    expect(server?.udpQueries[1]).toEqual(server?.udpQueries[0]);
  });
});

test("silence ends after two tries, within the time of the question", async () => {
  await withServers([{}], async (resolver, [server]) => {
    const startedAt = performance.now();
    const answer = await resolver.query("example.com", "MX");
    const elapsed = performance.now() - startedAt;
    expect(answer).toMatchObject({ status: "failed", failure: { code: "dns-timeout" } });
    expect(answer.failure?.message).toMatch(/127.0.0.1:\d+ did not answer MX example.com within/);
    expect(answer.rcode).toBeUndefined();
    expect(server?.udpQueries).toHaveLength(2);
    expect(elapsed).toBeGreaterThan(290);
    expect(elapsed).toBeLessThan(600);
  });
});

test("a server that answered fast before is asked again after 150 ms", async () => {
  const script = (query: Query): void => {
    if (query.name === "example.com" || query.number > 2) exchanger(query);
  };
  await withServers(
    [{ udp: script }],
    async (resolver) => {
      await resolver.query("example.com", "MX");
      const startedAt = performance.now();
      expect((await resolver.query("lost.example.com", "MX")).status).toBe("answer");
      expect(performance.now() - startedAt).toBeLessThan(1000);
    },
    { limits: defaultLimits },
  );
});

test("three datagrams lost in a row do not lose the answer", async () => {
  const script = (query: Query): void => {
    if (query.name === "example.com" || query.number > 4) exchanger(query);
  };
  await withServers(
    [{ udp: script }],
    async (resolver, [server]) => {
      await resolver.query("example.com", "MX");
      expect((await resolver.query("lost.example.com", "MX")).status).toBe("answer");
      expect(server?.udpQueries).toHaveLength(5);
    },
    { limits: { ...defaultLimits, dnsTryMs: 400, dnsQueryMs: 3000 } },
  );
});

test("500 forged answers before the true one are ignored", async () => {
  const script = (query: Query): void => {
    const forged = answerTo(query.bytes, [{ type: "A", name: query.name, data: "192.0.2.66" }]);
    const id = forged.readUInt16BE(0);
    for (let index = 1; index <= 500; index += 1) {
      forged.writeUInt16BE((id + index) & 0xffff, 0);
      query.send(Buffer.from(forged));
    }
    query.answer([{ type: "A", name: query.name, data: "192.0.2.1" }]);
  };
  await withServers([{ udp: script }], async (resolver) => {
    const answer = await resolver.query("example.com", "A");
    expect(answer.records.map(({ value }) => value)).toEqual(["192.0.2.1"]);
    expect(answer.notes).toEqual(["ignored 500 forged answers"]);
  });
});

test.each<[string, (query: Query) => Buffer]>([
  ["to another question", (query) => answerTo(otherName(query.bytes), [])],
  ["of another type", (query) => answerTo(otherType(query.bytes), [])],
  ["that is a query itself", (query) => query.bytes],
  [
    "with another opcode",
    (query) => {
      const bytes = answerTo(query.bytes, []);
      bytes[2] = (bytes[2] ?? 0) | 0x20;
      return bytes;
    },
  ],
])("an answer %s is ignored, and the true one is waited for", async (_what, forge) => {
  const script = (query: Query): void => {
    query.send(forge(query));
    exchanger(query);
  };
  await withServers([{ udp: script }], async (resolver) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer.status).toBe("answer");
    expect(answer.notes).toEqual(["ignored a forged answer"]);
  });
});

test("a server that answers only other questions is a silent one", async () => {
  const script = (query: Query): void => query.send(answerTo(otherName(query.bytes), []));
  await withServers([{ udp: script }], async (resolver) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer.failure?.code).toBe("dns-timeout");
    expect(answer.notes).toEqual(["ignored 2 forged answers"]);
  });
});

test("a server whose answers hold no question is named malformed, not silent", async () => {
  const script = (query: Query): void => {
    const bomb = readPacket("malformed-counts-bomb");
    query.bytes.copy(bomb, 0, 0, 2);
    query.send(bomb);
  };
  await withServers([{ udp: script }], async (resolver) => {
    expect((await resolver.query("example.com", "MX")).failure?.code).toBe("dns-malformed");
  });
});

test("a malformed answer is a failure with its reason, not an empty answer", async () => {
  const script = (query: Query): void => {
    const bytes = answerTo(query.bytes, []);
    bytes.writeUInt16BE(1, 6);
    query.send(bytes);
  };
  await withServers([{ udp: script }], async (resolver) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer).toMatchObject({ status: "failed", failure: { code: "dns-malformed" } });
    expect(answer.failure?.message).toMatch(/malformed answer to MX example.com: a name runs/);
  });
});

test.each([
  ["FORMERR", 1],
  ["NOTIMP", 4],
])("%s to EDNS is answered by one query without EDNS", async (_name, rcode) => {
  const script = (query: Query): void =>
    query.hasEdns ? query.answer([], { rcode }) : exchanger(query);
  await withServers([{ udp: script }], async (resolver, [server]) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer.status).toBe("answer");
    expect(answer.notes).toEqual([`127.0.0.1:${server?.port} does not understand EDNS`]);
    await resolver.query("example.net", "MX");
    expect(server?.udpQueries).toHaveLength(3);
  });
});

test("FORMERR without a question, as old servers send it, leads to a query without EDNS", async () => {
  const script = (query: Query): void => {
    if (!query.hasEdns) return exchanger(query);
    const header = Buffer.from("000081810000000000000000", "hex");
    query.bytes.copy(header, 0, 0, 2);
    query.send(header);
  };
  await withServers([{ udp: script }], async (resolver) => {
    expect((await resolver.query("example.com", "MX")).status).toBe("answer");
  });
});

test("FORMERR to every form of the question is reported as it is", async () => {
  const script = (query: Query): void => query.answer([], { rcode: 1 });
  await withServers([{ udp: script }], async (resolver, [server]) => {
    const answer = await resolver.query("example.com", "MX");
    expect(answer).toMatchObject({ rcode: "FORMERR", failure: { code: "dns-rcode" }, notes: [] });
    expect(server?.udpQueries).toHaveLength(2);
  });
});

test("a server that changes the case of letters is asked again in lower case", async () => {
  const script = (query: Query): void => {
    const bytes = Buffer.from(query.bytes);
    for (let at = 12; at < bytes.length; at += 1) {
      const octet = bytes[at] ?? 0;
      if (octet >= 0x41 && octet <= 0x5a) bytes[at] = octet | 0x20;
    }
    query.send(answerTo(bytes, [{ type: "A", name: query.name, data: "192.0.2.1" }]));
  };
  await withServers([{ udp: script }], async (resolver, [server]) => {
    const name = "abcdefghijklmnopqrstuvwxyz.example";
    const answer = await resolver.query(name, "A");
    expect(answer.status).toBe("answer");
    expect(answer.notes).toEqual([`127.0.0.1:${server?.port} changes the case of letters`]);
    expect(server?.udpQueries).toHaveLength(2);
    expect(server?.udpQueries[1]?.toString("latin1")).toContain("abcdefghijklmnopqrstuvwxyz");
    await resolver.query(`x${name}`, "A");
    expect(server?.udpQueries).toHaveLength(3);
  });
});

test("3000 questions at once are all answered, although one in a hundred answers is lost", async () => {
  let received = 0;
  const script = (query: Query): void => {
    received += 1;
    if (received % 100 !== 0) query.answer([{ type: "A", name: query.name, data: "192.0.2.1" }]);
  };
  await withServers(
    [{ udp: script }],
    async (resolver) => {
      const names = Array.from({ length: 3000 }, (_none, index) => `host${index}.example`);
      const answers = await Promise.all(names.map((name) => resolver.query(name, "A")));
      expect(answers.filter(({ status }) => status !== "answer")).toEqual([]);
    },
    { limits: defaultLimits },
  );
});
