import { expect, test } from "vitest";
import { UsageError } from "../../src/core/errors.ts";
import { parseOutput } from "../../src/cli/outputs.ts";

test("the format comes from the prefix, else from the extension", () => {
  expect(parseOutput("case.json")).toEqual({ format: "json", file: "case.json" });
  expect(parseOutput("case.NDJSON")).toEqual({ format: "ndjson", file: "case.NDJSON" });
  expect(parseOutput("case.txt")).toEqual({ format: "terminal", file: "case.txt" });
  expect(parseOutput("json:case.log")).toEqual({ format: "json", file: "case.log" });
  expect(parseOutput("c:case.json")).toEqual({ format: "json", file: "c:case.json" });
});

test.each(["case", "case.xml", "json:", "", "-", "json:-", "json:a\0b"])(
  "%j is refused",
  (text) => {
    expect(() => parseOutput(text)).toThrow(UsageError);
  },
);
