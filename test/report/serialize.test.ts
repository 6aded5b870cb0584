import * as fc from "fast-check";
import { expect, test } from "vitest";
import { serialize } from "../../src/report/serialize.ts";

test("well-formed values come back as they were", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      expect(JSON.parse(serialize(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("no control, invisible or unpaired character is written raw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      expect(serialize({ text })).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test("lone surrogates and impossible numbers are replaced", () => {
  expect(serialize({ a: "x\ud800", b: Number.NaN, c: Infinity })).toBe(
    '{"a":"x\ufffd","b":null,"c":null}',
  );
});
