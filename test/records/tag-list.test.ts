import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseTagList } from "../../src/records/tag-list.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

test("reads tags in order, without the white space around them", () => {
  expect(parseTagList(" a = 1 ;b=two words; c=;").tags).toEqual([
    { name: "a", value: "1", position: 1 },
    { name: "b", value: "two words", position: 8 },
    { name: "c", value: "", position: 21 },
  ]);
});

test("keeps equals signs in a value", () => {
  expect(parseTagList("p=MIIB==; k=rsa").tags[0]).toMatchObject({ name: "p", value: "MIIB==" });
});

test("reports what is no tag, and the second of a name", () => {
  const { tags, faults } = parseTagList("a=1; nonsense; 1x=2; A=3");
  expect(tags).toHaveLength(1);
  expect(faults.map(({ position, text }) => [position, text])).toEqual([
    [5, "nonsense"],
    [15, "1x=2"],
    [21, "A=3"],
  ]);
});

test("finds nothing in an empty text", () => {
  expect(parseTagList(" ;; ")).toEqual({ tags: [], faults: [] });
});

test("reads back the tags that it is given", () => {
  const name = fc.stringMatching(/^[a-z]{1,8}$/);
  const value = fc.stringMatching(/^[a-z0-9:/.@-]{0,20}$/);
  const list = fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 20 });
  fc.assert(
    fc.property(list, (pairs) => {
      const { tags, faults } = parseTagList(pairs.map(([n, v]) => `${n}=${v}`).join("; "));
      expect(faults).toEqual([]);
      expect(tags.map((tag) => [tag.name, tag.value])).toEqual(pairs);
    }),
  );
});

test("never throws and never reads more than its limit", () => {
  fc.assert(fc.property(fc.string(), (text) => void parseTagList(text)));
  expect(parseTagList("a=1;".repeat(100_000)).faults.length).toBeLessThan(5000);
});
