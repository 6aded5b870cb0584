import * as codec from "dns-packet";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { recordTypes, type RecordType } from "../../../src/core/dns.ts";
import { readAnswer } from "../../../src/proto/dns/answer.ts";
import { validateMessage } from "../../../src/proto/dns/validate.ts";
import { packetNames, readPacket } from "../../kit/packets.ts";

const types = Object.keys(recordTypes) as RecordType[];
const wellFormed = packetNames()
  .filter((name) => !name.startsWith("malformed"))
  .map(readPacket);

/** What may happen to a packet: octets changed, cut off, added, doubled or moved. */
const mutation = fc.record({
  packet: fc.constantFrom(...wellFormed),
  changes: fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 4 }),
  cut: fc.option(fc.nat(200), { freq: 4 }),
  tail: fc.option(fc.uint8Array({ maxLength: 20 }), { freq: 4 }),
  type: fc.constantFrom(...types),
});

test("a mutated packet is malformed, or all of it lies inside the packet", () => {
  const startedAt = performance.now();
  fc.assert(
    fc.property(mutation, ({ packet, changes, cut, tail, type }) => {
      let bytes = Buffer.from(packet);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      if (cut !== null) bytes = bytes.subarray(0, cut);
      if (tail !== null) bytes = Buffer.concat([bytes, tail]);
      const message = validateMessage(bytes);
      if ("malformed" in message) {
        expect(message.malformed).not.toBe("");
        return;
      }
      let end = 12;
      for (const record of [...message.answers, ...message.authorities]) {
        expect(record.rdataStart).toBeGreaterThanOrEqual(end + 11);
        expect(record.rdataEnd).toBeGreaterThanOrEqual(record.rdataStart);
        expect(record.rdataEnd).toBeLessThanOrEqual(bytes.length);
        end = record.rdataEnd;
      }
      const counted = bytes.readUInt16BE(6);
      const question = { name: message.question?.name ?? ".", type };
      const reading = readAnswer(message, question, 8);
      if (reading.status === "answer") expect(reading.records.length).toBeGreaterThan(0);
      expect(reading.records.length).toBeLessThanOrEqual(counted);
      // An answer section that holds something is never taken for an empty one.
      if (reading.status === "no-data" && reading.cnameChain.length === 0)
        expect(message.answers).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});

test("any octets whatever are refused or read, and never throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (octets) => {
      validateMessage(Buffer.from(octets));
    }),
    { numRuns: 2000 },
  );
});

test("a packet cut off anywhere is malformed", () => {
  for (const packet of wellFormed)
    for (let size = 0; size < packet.length; size += 1)
      expect(validateMessage(packet.subarray(0, size))).toHaveProperty("malformed");
});

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
const port = fc.nat(65_535);
const octets = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes));

/** A record as the codec encodes it, with the value that is to come back. */
const encoded: fc.Arbitrary<{ type: RecordType; data: unknown; value: unknown }> = fc.oneof(
  fc.ipV4().map((ip) => ({ type: "A" as const, data: ip, value: ip })),
  name.map((host) => ({ type: "NS" as const, data: host, value: host })),
  name.map((host) => ({ type: "PTR" as const, data: host, value: host })),
  fc
    .record({ preference: port, exchange: name })
    .map((value) => ({ type: "MX" as const, data: value, value })),
  fc
    .record({ priority: port, weight: port, port, target: name })
    .map((value) => ({ type: "SRV" as const, data: value, value })),
  fc.array(octets, { minLength: 1, maxLength: 4 }).map((texts) => ({
    type: "TXT" as const,
    data: texts,
    value: texts.map((text) => text.toString("latin1")),
  })),
  octets.map((certificate) => ({
    type: "TLSA" as const,
    data: { usage: 3, selector: 1, matchingType: 1, certificate },
    value: { usage: 3, selector: 1, matchingType: 1, data: certificate.toString("hex") },
  })),
  octets.map((key) => ({
    type: "DNSKEY" as const,
    data: { flags: 257, algorithm: 13, key },
    value: { flags: 257, protocol: 3, algorithm: 13, key: key.toString("base64") },
  })),
);

test("what another codec encoded is validated and decoded to the same value", () => {
  fc.assert(
    fc.property(name, encoded, fc.nat(0x7fff_ffff), (owner, { type, data, value }, ttl) => {
      const bytes = codec.encode({
        type: "response",
        id: 1,
        questions: [{ type, name: owner }],
        answers: [{ type, name: owner, ttl, data } as codec.Answer],
      });
      const message = validateMessage(bytes);
      if ("malformed" in message) throw new Error(message.malformed);
      const reading = readAnswer(message, { name: owner, type }, 8);
      expect(reading.status).toBe("answer");
      expect(reading.records).toEqual([{ name: owner, ttlSeconds: ttl, value }]);
    }),
    { numRuns: 1000 },
  );
});

test("64 KiB of pointers to pointers are walked in a few milliseconds", () => {
  const records = 4096;
  const bytes = Buffer.alloc(12 + 5 + 16 * records);
  bytes.writeUInt16BE(0x8180, 2);
  bytes.writeUInt16BE(1, 4);
  bytes.writeUInt16BE(records, 6);
  for (let index = 0; index < records; index += 1) {
    const at = 17 + index * 16;
    // Each owner points to the owner before, as far as a pointer reaches.
    bytes.writeUInt16BE(0xc000 | (at <= 0x3fff + 16 && index > 0 ? at - 16 : 12), at);
    bytes.writeUInt16BE(99, at + 2);
    bytes.writeUInt16BE(1, at + 4);
    bytes.writeUInt16BE(4, at + 10);
  }
  const startedAt = performance.now();
  expect(validateMessage(bytes)).toEqual({ malformed: "a name has too many pointers" });
  expect(performance.now() - startedAt).toBeLessThan(50);
});

test("4096 exchangers in one message are all read", () => {
  const head = Buffer.from("00008180000110000000000003636f6d00000f0001", "hex");
  const record = Buffer.from("c00c000f000100000e100004000ac00c", "hex");
  const message = validateMessage(Buffer.concat([head, ...Array<Buffer>(4096).fill(record)]));
  if ("malformed" in message) throw new Error(message.malformed);
  expect(message.answers).toHaveLength(4096);
  expect(message.answers.at(-1)).toMatchObject({ name: "com", names: ["com"] });
});
