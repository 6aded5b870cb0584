import { createSocket } from "node:dgram";
import { connect } from "node:net";
import * as dnsPacket from "dns-packet";
import { expect, onTestFinished, test } from "vitest";
import { startZoneServer, type ZoneServer } from "../../src/demo/zone-server.ts";
import { serveZones } from "../kit/zone.ts";

interface Question {
  readonly name: string;
  readonly type: string;
  readonly edns?: { readonly udpPayloadSize: number; readonly dnssecOk: boolean };
  readonly ad?: boolean;
}

const usual = { udpPayloadSize: 1232, dnssecOk: true };

function encode({ name, type, edns, ad }: Question): Buffer {
  const [flags] = [dnsPacket.RECURSION_DESIRED | (ad ? dnsPacket.AUTHENTIC_DATA : 0)];
  return dnsPacket.encode({
    type: "query",
    id: 4711,
    flags,
    questions: [{ name, type: type as dnsPacket.RecordType, class: "IN" }],
    additionals: edns
      ? [
          {
            type: "OPT",
            name: ".",
            udpPayloadSize: edns.udpPayloadSize,
            flags: edns.dnssecOk ? dnsPacket.DNSSEC_OK : 0,
            options: [],
            extendedRcode: 0,
            ednsVersion: 0,
            flag_do: edns.dnssecOk,
          },
        ]
      : [],
  });
}

/** Asks over UDP; undefined when a later question is answered and this one is not. */
async function ask(server: ZoneServer, question: Question): Promise<dnsPacket.DecodedPacket> {
  const socket = createSocket(server.host === "::1" ? "udp6" : "udp4");
  onTestFinished(() => void socket.close());
  const answer = new Promise<Buffer>((resolve) => {
    socket.once("message", resolve);
  });
  socket.send(encode(question), server.port, server.host);
  return dnsPacket.decode(await answer);
}

async function askTcp(server: ZoneServer, question: Question): Promise<dnsPacket.DecodedPacket> {
  const socket = connect(server.port, server.host);
  onTestFinished(() => void socket.destroy());
  const query = encode(question);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(query.length);
  socket.write(Buffer.concat([length, query]));
  let received = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received = Buffer.concat([received, chunk]);
    if (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) break;
  }
  return dnsPacket.decode(received.subarray(2));
}

// dns-packet 5 decodes the response code, but its types do not know it.
const rcodeOf = (packet: dnsPacket.DecodedPacket): string =>
  (packet as unknown as { readonly rcode: string }).rcode;
const dataOf = (packet: dnsPacket.DecodedPacket) =>
  (packet.answers ?? []).map((answer) => [answer.type, "data" in answer ? answer.data : undefined]);

const everyType = String.raw`
$ORIGIN example.com.
@ SOA ns1 hostmaster 7 1 2 3 4
@ NS ns1
@ MX 10 mx1
@ TXT "v=spf1 mx -all" "second \255"
@ CAA 0 issue "ca.example"
mx1 A 192.0.2.1
mx1 AAAA 2001:db8::1
_25._tcp.mx1 TLSA 3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
_imaps._tcp SRV 0 1 993 mx1
1.2.0.192.in-addr.arpa. PTR mx1
www CNAME mx1
signed TYPE43 \# 4 00010203
`;

test("answers every type that a zone can hold", async () => {
  const server = await serveZones([everyType]);
  const answers = async (name: string, type: string) =>
    dataOf(await ask(server, { name, type, edns: usual }));
  expect(await answers("example.com", "MX")).toEqual([
    ["MX", { preference: 10, exchange: "mx1.example.com" }],
  ]);
  expect(await answers("example.com", "NS")).toEqual([["NS", "ns1.example.com"]]);
  expect(await answers("example.com", "TXT")).toEqual([
    ["TXT", [Buffer.from("v=spf1 mx -all"), Buffer.from("second \xff", "latin1")]],
  ]);
  expect(await answers("example.com", "CAA")).toEqual([
    ["CAA", expect.objectContaining({ flags: 0, tag: "issue", value: "ca.example" })],
  ]);
  expect(await answers("example.com", "SOA")).toEqual([
    [
      "SOA",
      {
        mname: "ns1.example.com",
        rname: "hostmaster.example.com",
        serial: 7,
        refresh: 1,
        retry: 2,
        expire: 3,
        minimum: 4,
      },
    ],
  ]);
  expect(await answers("mx1.example.com", "A")).toEqual([["A", "192.0.2.1"]]);
  expect(await answers("mx1.example.com", "AAAA")).toEqual([["AAAA", "2001:db8::1"]]);
  expect(await answers("_25._tcp.mx1.example.com", "TLSA")).toEqual([
    [
      "TLSA",
      expect.objectContaining({
        usage: 3,
        selector: 1,
        matchingType: 1,
        certificate: Buffer.from("00112233445566778899aabbccddeeff".repeat(2), "hex"),
      }),
    ],
  ]);
  expect(await answers("_imaps._tcp.example.com", "SRV")).toEqual([
    ["SRV", { priority: 0, weight: 1, port: 993, target: "mx1.example.com" }],
  ]);
  expect(await answers("1.2.0.192.in-addr.arpa", "PTR")).toEqual([["PTR", "mx1.example.com"]]);
  expect((await ask(server, { name: "signed.example.com", type: "DS" })).answers).toHaveLength(1);
});

test("gives the root as exchange of a null MX", async () => {
  const server = await serveZones(["null-mx"]);
  const packet = await ask(server, { name: "example.com", type: "MX" });
  expect(dataOf(packet)).toEqual([["MX", { preference: 0, exchange: "." }]]);
});

test("tells a name without such records from a name that does not exist, both with the SOA", async () => {
  const server = await serveZones(["healthy"]);
  const empty = await ask(server, { name: "mx1.example.com", type: "MX" });
  const missing = await ask(server, { name: "mx9.example.com", type: "MX" });
  expect([rcodeOf(empty), rcodeOf(missing)]).toEqual(["NOERROR", "NXDOMAIN"]);
  for (const packet of [empty, missing]) {
    expect(packet.answers).toEqual([]);
    expect(packet.authorities).toMatchObject([{ type: "SOA", name: "example.com" }]);
  }
});

test("takes a name with nothing but names below it for existing", async () => {
  const server = await serveZones([everyType]);
  expect(rcodeOf(await ask(server, { name: "_tcp.example.com", type: "A" }))).toBe("NOERROR");
  expect(rcodeOf(await ask(server, { name: "com", type: "A" }))).toBe("NOERROR");
  expect(rcodeOf(await ask(server, { name: "org", type: "A" }))).toBe("NXDOMAIN");
});

test("matches names in any case and echoes the question in the letters received", async () => {
  const server = await serveZones(["healthy"]);
  const packet = await ask(server, { name: "eXaMPle.cOm", type: "MX" });
  expect(packet.questions?.[0]?.name).toBe("eXaMPle.cOm");
  expect(packet.answers).toHaveLength(2);
  expect(packet.id).toBe(4711);
  expect(server.queries).toEqual([{ name: "example.com", type: "MX", transport: "udp" }]);
});

test("follows aliases to their end, round a loop once, and into nothing", async () => {
  const server = await serveZones(["aliases"]);
  const mail = await ask(server, { name: "mail.example.com", type: "A" });
  expect(dataOf(mail)).toEqual([
    ["CNAME", "relay.example.com"],
    ["CNAME", "host.example.net"],
    ["A", "192.0.2.7"],
  ]);
  const loop = await ask(server, { name: "loop.example.com", type: "A" });
  expect(dataOf(loop)).toEqual([
    ["CNAME", "loop2.example.com"],
    ["CNAME", "loop.example.com"],
  ]);
  const dangling = await ask(server, { name: "dangling.example.com", type: "A" });
  expect(rcodeOf(dangling)).toBe("NXDOMAIN");
  expect(dataOf(dangling)).toEqual([["CNAME", "nowhere.example.com"]]);
  const alias = await ask(server, { name: "mail.example.com", type: "CNAME" });
  expect(dataOf(alias)).toEqual([["CNAME", "relay.example.com"]]);
});

test("answers from a wildcard where the name does not exist", async () => {
  const server = await serveZones(["$ORIGIN example.com.\n*.dyn A 192.0.2.9\nreal.dyn TXT x"]);
  const made = await ask(server, { name: "any.dyn.example.com", type: "A" });
  expect(made.answers).toMatchObject([{ name: "any.dyn.example.com", data: "192.0.2.9" }]);
  expect((await ask(server, { name: "real.dyn.example.com", type: "A" })).answers).toEqual([]);
});

test("fails where the zone is marked to, and nowhere else", async () => {
  const server = await serveZones(["failing"]);
  const rcode = async (name: string, type: string) => rcodeOf(await ask(server, { name, type }));
  expect(await rcode("servfail.example.com", "MX")).toBe("SERVFAIL");
  expect(await rcode("mx2.example.com", "AAAA")).toBe("SERVFAIL");
  expect(await rcode("mx2.example.com", "A")).toBe("NOERROR");
});

test("stays silent where the zone is marked to", async () => {
  const server = await serveZones(["failing"]);
  const socket = createSocket("udp4");
  onTestFinished(() => void socket.close());
  const first = new Promise<Buffer>((resolve) => {
    socket.once("message", resolve);
  });
  for (const name of ["timeout.example.com", "mx1.example.com"])
    socket.send(encode({ name, type: "MX" }), server.port, server.host);
  expect(dnsPacket.decode(await first).questions?.[0]?.name).toBe("mx1.example.com");
  expect(server.queries.map((query) => query.name)).toContain("timeout.example.com");
});

test("truncates over UDP where marked, and answers in full over TCP", async () => {
  const server = await serveZones(["failing"]);
  const question = { name: "truncated.example.com", type: "MX", edns: usual };
  const udp = await ask(server, question);
  expect([udp.flag_tc, udp.answers?.length, udp.additionals?.length]).toEqual([true, 0, 1]);
  const tcp = await askTcp(server, question);
  expect([tcp.flag_tc, tcp.answers?.length]).toEqual([false, 1]);
  expect(server.queries.map((query) => query.transport)).toEqual(["udp", "tcp"]);
});

test("truncates what does not fit into what the client takes", async () => {
  const server = await serveZones([`big.example. TXT "${"x".repeat(700)}"`]);
  const plain = await ask(server, { name: "big.example", type: "TXT" });
  expect(plain.flag_tc).toBe(true);
  expect(plain.answers).toEqual([]);
  const roomy = await ask(server, { name: "big.example", type: "TXT", edns: usual });
  expect(roomy.flag_tc).toBe(false);
  const [[, strings] = []] = dataOf(roomy);
  expect((strings as Buffer[]).map((text) => text.length)).toEqual([255, 255, 190]);
});

test("answers EDNS with EDNS, and without it without", async () => {
  const server = await serveZones(["healthy"]);
  const question = { name: "example.com", type: "MX" };
  const withDo = await ask(server, { ...question, edns: usual });
  expect(withDo.additionals).toMatchObject([
    { type: "OPT", udpPayloadSize: 1232, flag_do: true, ednsVersion: 0 },
  ]);
  const withoutDo = await ask(server, { ...question, edns: { ...usual, dnssecOk: false } });
  expect(withoutDo.additionals).toMatchObject([{ type: "OPT", flag_do: false }]);
  expect((await ask(server, question)).additionals).toEqual([]);
});

test("says authentic to who asks for it, of names marked so and what is below them", async () => {
  const server = await serveZones(["healthy", "plain.test. A 192.0.2.3"]);
  const ad = async (name: string, more: Partial<Question>) =>
    (await ask(server, { name, type: "A", ...more })).flag_ad;
  expect(await ad("mx1.example.com", { edns: usual })).toBe(true);
  expect(await ad("nothing.example.com", { edns: usual })).toBe(true);
  expect(await ad("mx1.example.com", { ad: true })).toBe(true);
  expect(await ad("mx1.example.com", {})).toBe(false);
  expect(await ad("plain.test", { edns: usual })).toBe(false);
});

test("serves IPv6 loopback", async () => {
  const server = await serveZones(["healthy"], { host: "::1" });
  expect(server.resolver).toBe(`[::1]:${server.port}`);
  const packet = await ask(server, { name: "example.com", type: "MX" });
  expect(packet.answers).toHaveLength(2);
});

test("survives garbage over UDP and TCP", async () => {
  const server = await serveZones(["healthy"]);
  const socket = createSocket("udp4");
  onTestFinished(() => void socket.close());
  for (const bytes of ["", "00", "ffff", "f".repeat(200)])
    socket.send(Buffer.from(bytes, "hex"), server.port, server.host);
  const tcp = connect(server.port, server.host);
  tcp.end(Buffer.from("0003ffffff", "hex"));
  await new Promise((resolve) => tcp.once("close", resolve).once("error", resolve).resume());
  expect((await ask(server, { name: "example.com", type: "MX" })).answers).toHaveLength(2);
});

test("closes with a TCP connection open, and refuses a broken zone", async () => {
  const server = await startZoneServer(["a. A 192.0.2.1"]);
  const tcp = connect(server.port, server.host);
  await new Promise((resolve) => tcp.once("connect", resolve));
  tcp.on("error", () => undefined);
  await server.close();
  await expect(startZoneServer(["a. A nonsense"])).rejects.toThrow("line 1: no IPv4 address");
  await expect(startZoneServer(["a\\.b. A 192.0.2.1"])).rejects.toThrow("dns2 cannot carry");
});
