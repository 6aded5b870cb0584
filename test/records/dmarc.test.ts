import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDmarc } from "../../src/records/dmarc.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

describe("records without fault", () => {
  test.each([
    "v=DMARC1; p=none",
    "v=DMARC1;p=reject;",
    "v = DMARC1 ; p = Quarantine ; sp=reject ; np=reject ;",
    "v=DMARC1; rua=mailto:a@example.com",
    "v=DMARC1; p=none; rua=mailto:a@example.com!10m, mailto:b@example.net; fo=1:d:s",
    "v=DMARC1; adkim=s; p=reject; aspf=r; psd=n; t=y",
    "v=DMARC1; p=none; pct=100; rf=afrf; ri=86400; foo=bar",
    "v=DMARC1",
  ])("%s", (text) => {
    expect(parseDmarc(text).faults).toEqual([]);
  });
});

describe("the first fault of a record", () => {
  test.each([
    ["v=dmarc1; p=none", 0, "the first tag must be v=DMARC1, in capitals"],
    ["p=none; v=DMARC1", 0, "the first tag must be v=DMARC1, in capitals"],
    [" v=DMARC1; p=none", 0, "the first tag must be v=DMARC1, in capitals"],
    ["", 0, "the first tag must be v=DMARC1, in capitals"],
    ["v=DMARC1; p=rejct", 10, "the value must be none, quarantine or reject"],
    ["v=DMARC1; p=", 10, "the value must be none, quarantine or reject"],
    ["v=DMARC1; p=none; sp=no", 18, "the value must be none, quarantine or reject"],
    ["v=DMARC1; p=none; t=yes", 18, "the value must be y or n"],
    ["v=DMARC1; p=none; adkim=x", 18, "the value must be r or s"],
    ["v=DMARC1; p=none; fo=2", 18, "the value must be 0, 1, d or s"],
    ["v=DMARC1; p=none; psd=maybe", 18, "the value must be y, n or u"],
    ["v=DMARC1; p=none; rua=", 18, "it names no address"],
    [
      "v=DMARC1; p=none; rua=a@example.com",
      18,
      '"a@example.com" is no URI such as mailto:name@domain',
    ],
    [
      "v=DMARC1; p=none; rua=mailto:nobody",
      18,
      '"mailto:nobody" is no URI such as mailto:name@domain',
    ],
    ["v=DMARC1; p=none p", 10, "the value must be none, quarantine or reject"],
    ["v=DMARC1; p=none; reject", 18, "it is no tag: there is no equals sign"],
    ["v=DMARC1; p=none; p=reject", 18, "the tag p stands there twice"],
    ["v=DMARC1; p=none; v=DMARC1", 18, "the tag v stands there twice"],
    ["v=DMARC1; =none", 10, "the name before the equals sign is no tag name"],
  ] as const)("%s", (text, position, reason) => {
    expect(parseDmarc(text).faults[0]).toMatchObject({ position, reason });
  });
});

test("reads the tags with their defaults", () => {
  expect(parseDmarc("v=DMARC1; p=Reject; rua=mailto:a@example.com , mailto:b@example.com")).toEqual(
    {
      p: "reject",
      psd: "u",
      testing: false,
      adkim: "r",
      aspf: "r",
      rua: ["mailto:a@example.com", "mailto:b@example.com"],
      ruf: [],
      unknownTags: [],
      faults: [],
    },
  );
});

test("leaves a faulty policy out and keeps the rest", () => {
  const record = parseDmarc("v=DMARC1; p=block; sp=reject; t=y; note=x");
  expect(record).not.toHaveProperty("p");
  expect(record).toMatchObject({ sp: "reject", testing: true, unknownTags: ["note"] });
});

test("never throws, and names only places that are in the text", () => {
  const piece = fc.constantFrom(
    "v=DMARC1",
    ";",
    " ",
    "p",
    "=",
    "none",
    "rua=mailto:",
    "é",
    "\t",
    "@",
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (record) => {
      for (const { position } of parseDmarc(record).faults)
        expect(position).toBeLessThanOrEqual(record.length);
    }),
  );
});
