import { expect, test } from "vitest";
import { nearest } from "../../src/cli/nearest.ts";

const names = ["check", "explain", "mx/alias-target", "mx/missing"];

test("a slip of the finger finds the name that was meant", () => {
  expect(nearest("chek", names)).toBe("check");
  expect(nearest("mx/alais-target", names)).toBe("mx/alias-target");
  expect(nearest("explian", names)).toBe("explain");
});

test("another word finds nothing, however long it is", () => {
  expect(nearest("", names)).toBeUndefined();
  expect(nearest("relay", names)).toBeUndefined();
  expect(nearest("x".repeat(1_000_000), names)).toBeUndefined();
});
