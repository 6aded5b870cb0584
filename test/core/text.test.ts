import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  escapeBytes,
  escapeText,
  fillTemplate,
  joinList,
  matchesGlob,
  unescapeText,
} from "../../src/core/text.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

test("plain text, including other scripts, stays as it is", () => {
  expect(escapeText("220 mx1.example.com ESMTP – bücher.example 例え")).toBe(
    "220 mx1.example.com ESMTP – bücher.example 例え",
  );
});

test.each([
  ["\x1b[31mred", "\\x1b[31mred"],
  ["a\r\nb\0", "a\\x0d\\x0ab\\x00"],
  ["back\\slash", "back\\\\slash"],
  ["\u202egpj", "\\u{202e}gpj"],
  ["\u200b\u2028\ufeff", "\\u{200b}\\u{2028}\\u{feff}"],
  ["\u009b31m", "\\x9b31m"],
  ["\u{e0041}", "\\u{e0041}"],
  ["\ud800", "\\u{d800}"],
  ["a\u00a0b", "a\\xa0b"],
])("escapes %j", (raw, shown) => {
  expect(escapeText(raw)).toBe(shown);
});

test("escaped text can be had back and holds nothing that a terminal obeys", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const shown = escapeText(text);
      expect(unescapeText(shown)).toBe(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test("bytes that are not UTF-8 are shown one by one", () => {
  expect(escapeBytes(Buffer.from([0x61, 0xff, 0x1b]))).toBe("a\\xff\\x1b");
  expect(escapeBytes(Buffer.from("grüß dich"))).toBe("grüß dich");
});

test("any bytes become bounded text without control characters", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const shown = escapeBytes(bytes, 100);
      expect(shown.length).toBeLessThanOrEqual(101);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u);
    }),
  );
});

test("templates are filled, agree in number, and refuse to lie", () => {
  expect(fillTemplate("{host} has {n} {n:server|servers}", { host: "a", n: 1 })).toBe(
    "a has 1 server",
  );
  expect(fillTemplate("{names:is|are} {names}", { names: ["a", "b"] })).toBe("are a and b");
  expect(() => fillTemplate("{missing}", {})).toThrow(/missing/);
});

test("a value with braces is not a template", () => {
  expect(fillTemplate("said {text}", { text: "{host}" })).toBe("said {host}");
});

test("lists are joined as a person would", () => {
  expect(joinList([])).toBe("");
  expect(joinList(["a"])).toBe("a");
  expect(joinList(["a", "b", "c"])).toBe("a, b and c");
  expect(joinList(["a", "b", "c", "d", "e"], 3)).toBe("a, b and 3 more");
});

test.each([
  ["tls/*", "tls/certificate-expired", true],
  ["*expired*", "tls/certificate-expired", true],
  ["tls/certificate", "tls/certificate-expired", false],
  ["t.s/*", "tls/x", false],
])("glob %s on %s", (pattern, text, matches) => {
  expect(matchesGlob(pattern, text)).toBe(matches);
});
