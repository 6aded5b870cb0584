import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isDmarcRecord, walkDmarc, type WalkResult } from "../../src/records/dmarc-walk.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

function run(domain: string, zone: Readonly<Record<string, readonly string[]>>): WalkResult {
  const walker = walkDmarc(domain);
  let step = walker.next();
  while (!step.done) step = walker.next(zone[step.value] ?? []);
  return step.value;
}

const reject = "v=DMARC1; p=reject";

test("the domain's own record decides at once", () => {
  const result = run("example.com", { "example.com": [reject], com: ["v=DMARC1; psd=y"] });
  expect(result).toMatchObject({ foundAt: "example.com", records: [reject] });
  expect(result.walk).toHaveLength(1);
});

test("without one the organisational domain's applies: the one with the fewest labels", () => {
  const result = run("a.b.example.com", {
    "b.example.com": ["v=DMARC1; p=none"],
    "example.com": [reject],
  });
  expect(result.foundAt).toBe("example.com");
  expect(result.walk.map(({ name }) => name)).toEqual([
    "a.b.example.com",
    "b.example.com",
    "example.com",
    "com",
  ]);
});

test("psd=n ends the walk at the organisational domain", () => {
  const result = run("a.b.example.com", {
    "b.example.com": ["v=DMARC1; p=none; psd=n"],
    "example.com": [reject],
  });
  expect(result.foundAt).toBe("b.example.com");
});

test("below a public suffix with psd=y the organisational domain is one label longer", () => {
  const zone = { "example.co.test": [reject], "co.test": ["v=DMARC1; p=none; psd=y"] };
  expect(run("mail.example.co.test", zone).foundAt).toBe("example.co.test");
  expect(run("mail.other.co.test", zone).foundAt).toBe("co.test");
});

test("several records at an ancestor are discarded, at the domain itself they are shown", () => {
  expect(run("a.example.com", { "example.com": [reject, reject] }).foundAt).toBe("");
  expect(run("example.com", { "example.com": [reject, reject] }).records).toHaveLength(2);
});

test("a deep name jumps to its last seven labels, so that eight questions are enough", () => {
  const names = run("a.b.c.d.e.f.g.h.i.j.mail.example.com", {}).walk.map(({ name }) => name);
  expect(names).toHaveLength(8);
  expect(names[1]).toBe("g.h.i.j.mail.example.com".split(".").slice(-7).join("."));
});

test("no name needs more than eight questions", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 60 }),
      (labels) => {
        expect(run(labels.join("."), {}).walk.length).toBeLessThanOrEqual(8);
      },
    ),
  );
});

test.each([
  ["v=DMARC1", true],
  ["v=DMARC1; p=none", true],
  ["v = DMARC1 ; p=none", true],
  ["V=DMARC1; p=none", true],
  ["v=dmarc1; p=none", false],
  ["v=DMARC12; p=none", false],
  ["p=none; v=DMARC1", false],
  [" v=DMARC1", false],
  ["v=spf1 -all", false],
])("%j begins as a DMARC record does: %s", (text, expected) => {
  expect(isDmarcRecord(text)).toBe(expected);
});
