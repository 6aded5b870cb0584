import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isMaskedText, parseEhlo } from "../../../src/proto/smtp/ehlo.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

const parse = (...lines: string[]) => parseEhlo({ code: 250, lines: ["mx.example.com", ...lines] });

test("reads one extension a line, parameters apart", () => {
  expect(parse("size 10240000", "AUTH PLAIN LOGIN", "8BITMIME", "LIMITS RCPTMAX=100")).toEqual({
    name: "mx.example.com",
    extensions: [
      { keyword: "SIZE", parameters: ["10240000"] },
      { keyword: "AUTH", parameters: ["PLAIN", "LOGIN"] },
      { keyword: "8BITMIME", parameters: [] },
      { keyword: "LIMITS", parameters: ["RCPTMAX=100"] },
    ],
    masked: [],
    oddities: [],
  });
});

test("neither the first line nor a parameter is a keyword", () => {
  const { extensions } = parseEhlo({ code: 250, lines: ["STARTTLS", "XFOO STARTTLS"] });
  expect(extensions.map(({ keyword }) => keyword)).toEqual(["XFOO"]);
});

test("the old form of AUTH adds to AUTH", () => {
  const { extensions, oddities } = parse("AUTH PLAIN LOGIN", "AUTH=LOGIN plain NTLM");
  expect(extensions).toEqual([{ keyword: "AUTH", parameters: ["PLAIN", "LOGIN", "NTLM"] }]);
  expect(oddities).toEqual(["old form AUTH="]);
  expect(parse("AUTH=LOGIN").extensions).toEqual([{ keyword: "AUTH", parameters: ["LOGIN"] }]);
});

test("keywords that come twice, are empty, or are names of object members do no harm", () => {
  const { extensions, oddities } = parse("SIZE 1", "SIZE 2", "", "__proto__", "constructor", "a_b");
  expect(extensions).toEqual([
    { keyword: "SIZE", parameters: ["1"] },
    { keyword: "__PROTO__", parameters: [] },
    { keyword: "CONSTRUCTOR", parameters: [] },
    { keyword: "A_B", parameters: [] },
  ]);
  expect(oddities).toEqual([
    "duplicate keyword SIZE",
    "empty keyword",
    'invalid keyword "__proto__"',
    'invalid keyword "a_b"',
  ]);
});

test.each([
  ["XXXXXXXA", true],
  ["XXXXXXXXXXXXXXXXXXXB", true],
  ["XXXC", true],
  ["XCLIENT", false],
  ["XXA", false],
  ["XEXCH50", false],
])("keyword %s is masked: %s", (keyword, masked) => {
  expect(parse(keyword).masked).toEqual(masked ? [keyword] : []);
});

test.each([
  ["*******************************", true],
  ["****0*******2**0*****", true],
  ["mx.example.com ESMTP ****", false],
  ["**", false],
  ["", false],
])("text %j is masked: %s", (text, masked) => {
  expect(isMaskedText(text)).toBe(masked);
});

test("a size beyond all measure stays text", () => {
  expect(parse("SIZE 100000000000000000000000000").extensions[0]?.parameters).toEqual([
    "100000000000000000000000000",
  ]);
});

test("no lines make it throw, and each keyword stands once", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (lines) => {
      const { extensions } = parseEhlo({ code: 250, lines });
      expect(new Set(extensions.map(({ keyword }) => keyword)).size).toBe(extensions.length);
      expect(extensions.length).toBeLessThanOrEqual(Math.max(0, lines.length - 1));
    }),
  );
});
