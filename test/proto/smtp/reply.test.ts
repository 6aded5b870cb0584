import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Failure, Reply } from "../../../src/core/failure.ts";
import { createReplyReader } from "../../../src/proto/smtp/reply.ts";
import { LineBuffer } from "../../../src/wire/line-buffer.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

const limits = { replyLines: 128, replyBytes: 65_536 };

interface Result {
  readonly reply?: Reply;
  readonly failure?: Failure;
  readonly oddities: readonly string[];
}

/** Reads one reply from a stream that arrives in pieces. */
function read(pieces: readonly Uint8Array[], wanted = limits): Result {
  const buffer = new LineBuffer(4_096);
  const reader = createReplyReader("command", wanted);
  for (const piece of pieces) {
    buffer.feed(piece);
    for (;;) {
      const line = buffer.take();
      if (line === undefined || line === "too-long") break;
      const step = reader.feed(line);
      if (step !== undefined) return { ...step, oddities: [...reader.oddities] };
    }
  }
  return { oddities: [...reader.oddities] };
}

const readText = (text: string, wanted = limits): Result =>
  read([Buffer.from(text, "latin1")], wanted);

test.each([
  ["250 Ok\r\n", { code: 250, lines: ["Ok"] }],
  ["250\r\n", { code: 250, lines: [""] }],
  ["250 \r\n", { code: 250, lines: [""] }],
  ["250-a\r\n250-b\r\n250 c\r\n", { code: 250, lines: ["a", "b", "c"] }],
  ["220-\r\n220 x\r\n", { code: 220, lines: ["", "x"] }],
  ["250 2.1.5 Ok\r\n", { code: 250, enhanced: "2.1.5", lines: ["2.1.5 Ok"] }],
  ["550 5.1.1\r\n", { code: 550, enhanced: "5.1.1", lines: ["5.1.1"] }],
  [
    "550-5.7.1 a\r\n550 5.7.1 b\r\n",
    { code: 550, enhanced: "5.7.1", lines: ["5.7.1 a", "5.7.1 b"] },
  ],
  ["250 2.1.5.6 Ok\r\n", { code: 250, lines: ["2.1.5.6 Ok"] }],
  ["250 2.example.com\r\n", { code: 250, lines: ["2.example.com"] }],
  ["559 x\r\n", { code: 559, lines: ["x"] }],
])("reads %j without a remark", (text, reply) => {
  expect(readText(text)).toEqual({ reply, oddities: [] });
});

test.each([
  ["250 Ok\n", "bare LF"],
  ["250Ok\r\n", "missing space after code"],
  ["250\tOk\r\n", "missing space after code"],
  ["250 a\0b\r\n", "NUL"],
  ["250 a\r\r\n", "stray CR"],
  ["250 \x1b[31m\r\n", "control characters"],
  ["250 \xff\r\n", "not UTF-8"],
  ["250 \xc3\xbc\r\n", "not ASCII"],
  ["250 5.1.1 no\r\n", "enhanced status code of another class"],
  [`250 ${"x".repeat(507)}\r\n`, "line over 512 octets"],
])("reads %j with a remark", (text, oddity) => {
  const { reply, oddities } = readText(text);
  expect(reply?.code).toBe(250);
  expect(oddities).toEqual([oddity]);
});

test.each([
  "\r\n",
  "ok\r\n",
  "25\r\n",
  "2500 x\r\n",
  "199 x\r\n",
  "560 x\r\n",
  "600 x\r\n",
  "999 x\r\n",
  "220=x\r\n",
  " 250 x\r\n",
  "٢٥٠ x\r\n",
  "250-a\r\n\r\n",
  "250-a\r\n250=b\r\n",
])("calls %j malformed", (text) => {
  expect(readText(text).failure).toMatchObject({ code: "bad-reply", stage: "command" });
});

test("two codes in one reply are no reply", () => {
  const { failure } = readText("250-a\r\n550 b\r\n");
  expect(failure).toMatchObject({
    code: "bad-reply",
    message: expect.stringContaining("250 and 550") as string,
  });
});

test("a reply over its limits is cut", () => {
  expect(readText("250-a\r\n".repeat(128)).failure?.code).toBe("too-large");
  expect(readText(`${"250-a\r\n".repeat(127)}250 b\r\n`).reply?.lines).toHaveLength(128);
  const long = `250-${"x".repeat(1_000)}\r\n`.repeat(70);
  expect(readText(long).failure?.code).toBe("too-large");
});

test("text is escaped", () => {
  expect(readText("250 a\x1b[2Jb\xff\r\n").reply?.lines).toEqual(["a\\x1b[2Jb\\xff"]);
});

test("a reply without its last line is not finished", () => {
  expect(readText("250-a\r\n250 b")).toEqual({ oddities: [] });
});

const piece = fc.constantFrom(
  "250",
  "220",
  "550",
  "-",
  " ",
  "5.1.1",
  "a",
  "\r\n",
  "\n",
  "\r",
  "\0",
  "\xc3\xa9",
  "=",
  "9",
);

test("the same bytes give the same result wherever they are split", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const bytes = Buffer.from(parts.join(""), "latin1");
      const whole = read([bytes]);
      for (let at = 1; at < bytes.length; at += 1)
        expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
      expect(read([...bytes].map((octet) => Uint8Array.of(octet)))).toEqual(whole);
    }),
  );
});

test("no bytes make it throw or keep a control character", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const prefixed = Buffer.concat([Buffer.from("250-"), bytes, Buffer.from("\r\n250 x\r\n")]);
      const result = read([prefixed]);
      expect(JSON.stringify(result)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});
