import { expect, test } from "vitest";
import * as fc from "fast-check";
import { isWithin, parseName } from "../../../src/proto/dns/names.ts";
import { readName } from "../../../src/proto/dns/read-name.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

test.each([
  ["Example.COM.", "example.com"],
  [".", "."],
  ["_dmarc.example.com", "_dmarc.example.com"],
  ["a\\.b.example", "a\\046b.example"],
  ["a\\046b.example.", "a\\046b.example"],
  ["\\065bc", "abc"],
  ["\\000\\255", "\\000\\255"],
  ["ends-in-dot\\.", "ends-in-dot\\046"],
])("%j is the name %j", (typed, text) => {
  expect(parseName(typed)).toMatchObject({ text });
});

test.each([
  ["", "it is empty"],
  ["..", "it has an empty label"],
  [".example", "it has an empty label"],
  ["a..b", "it has an empty label"],
  ["a.b..", "it has an empty label"],
  [`${"a".repeat(64)}.example`, "a label is longer than 63 octets"],
  [Array(32).fill("aaaaaaaa").join("."), "it is longer than 255 octets"],
  ["bücher.example", "it has a character that is not ASCII"],
  ["a\\", "it has a bad escape"],
  ["a\\256", "it has a bad escape"],
])("%j is no name: %s", (typed, invalid) => {
  expect(parseName(typed)).toEqual({ invalid });
});

test("a name of 255 octets is accepted and one of 256 is not", () => {
  const long = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;
  expect(parseName(long)).toMatchObject({ text: long });
  expect(parseName(`${long}d`)).toEqual({ invalid: "it is longer than 255 octets" });
});

test("labels of any octets come back from the wire as the text that was parsed", () => {
  const label = fc.uint8Array({ minLength: 1, maxLength: 63 });
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
      const wire = [...labels.flatMap((octets) => [octets.length, ...octets]), 0];
      const { text, next } = readName(Uint8Array.from(wire), 0);
      expect(next).toBe(wire.length);
      const parsed = parseName(text);
      if ("invalid" in parsed) throw new Error(parsed.invalid);
      expect(parsed.text).toBe(text);
      expect([...parsed.wire].map(lower)).toEqual(wire.map(lower));
    }),
  );
});

const lower = (octet: number): number => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet);

test("a name lies within its zone, within the root, and not within a name that only ends alike", () => {
  expect(isWithin("mx.example.com", "example.com")).toBe(true);
  expect(isWithin("example.com", "example.com")).toBe(true);
  expect(isWithin("example.com", ".")).toBe(true);
  expect(isWithin("badexample.com", "example.com")).toBe(false);
  expect(isWithin("bad\\046example.com", "example.com")).toBe(false);
});
