import { expect, test } from "vitest";
import { every, known, mapFact, some, unknown } from "../../src/core/fact.ts";

const missing = unknown("deadline");
const even = (n: number): boolean => n % 2 === 0;

test("every is true, false, or unknown as in three-valued logic", () => {
  expect(every([known(2), known(4)], even)).toEqual(known(true));
  expect(every([known(2), missing], even)).toEqual(missing);
  expect(every([known(3), missing], even)).toEqual(known(false));
  expect(every([], even)).toEqual(known(true));
});

test("some is true, false, or unknown as in three-valued logic", () => {
  expect(some([known(3), known(4)], even)).toEqual(known(true));
  expect(some([known(3), missing], even)).toEqual(missing);
  expect(some([known(4), missing], even)).toEqual(known(true));
  expect(some([], even)).toEqual(known(false));
});

test("mapping keeps the cause of an unknown", () => {
  expect(mapFact(known(2), (n) => n + 1)).toEqual(known(3));
  expect(mapFact(missing, (n: number) => n + 1)).toBe(missing);
});
