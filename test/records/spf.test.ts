import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSpfRecord, parseSpf } from "../../src/records/spf.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

describe("records without fault", () => {
  test.each([
    "v=spf1",
    "v=spf1 ",
    "V=SPF1 -ALL",
    "v=spf1 mx a:mail.example.com/24 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all",
    "v=spf1 a/24//64 mx//64 -all",
    "v=spf1 a:mail.example.com//64 -all",
    "v=spf1 ip6:2001:db8::1 ip6:::ffff:192.0.2.1/96 ?all",
    "v=spf1 include:_spf.example.net   +a -all  ",
    "v=spf1 ptr ptr:example.com exists:%{ir}.%{v}._spf.%{d2} -all",
    "v=spf1 exists:%{l1r+-}.%%.%_.%-.example.com -all",
    "v=spf1 exists:%{i}._spf.%{d} redirect=%{d2}",
    "v=spf1 redirect=_spf.example.com. exp=explain.%{d}",
    "v=spf1 moo.cow_far-out=man:dog/cat ip4:192.0.2.1 -all",
    "v=spf1 unknown=%{l} unknown=%{l} -all",
    "v=spf1 a:1.example.a1 -all",
    "v=spf1 a:example.xn--zckzah -all",
  ])("%s", (text) => {
    expect(parseSpf(text).faults).toEqual([]);
  });
});

describe("the first fault of a record", () => {
  test.each([
    ["v=spf10 -all", 0, "the record must begin with v=spf1 and a space"],
    ["v=spf1 ip:192.0.2.1 -all", 7, 'there is no mechanism "ip"; ip4 or ip6 is meant'],
    ["v=spf1 mx ipv4:192.0.2.1", 10, 'there is no mechanism "ipv4"; ip4 is meant'],
    ["v=spf1 mx -al", 10, 'there is no mechanism "al"'],
    ["v=spf1 -all.", 7, 'there is no mechanism "all."'],
    ["v=spf1 --all", 7, 'there is no mechanism "-all"'],
    ["v=spf1 /24", 7, "it is no mechanism and no modifier"],
    ["v=spf1 all:example.com", 7, '"all" takes nothing after it'],
    ["v=spf1 -all; mx", 7, '"all" takes nothing after it'],
    ["v=spf1 include -all", 7, 'a colon and a domain must follow "include"'],
    ["v=spf1 include: -all", 7, "the domain is missing"],
    ["v=spf1 exists:example", 7, "it is not a full domain name"],
    ["v=spf1 a:192.0.2.1", 7, '"1" cannot end a domain name'],
    ["v=spf1 a:example.-com", 7, '"-com" cannot end a domain name'],
    ["v=spf1 ip4:192.0.2.256", 7, '"192.0.2.256" is no IPv4 address'],
    ["v=spf1 ip4:192.0.2", 7, '"192.0.2" is no IPv4 address'],
    ["v=spf1 ip4:2001:db8::1", 7, '"2001:db8::1" is no IPv4 address'],
    ["v=spf1 ip4:192.0.2.1/33", 7, '"/33" is no IPv4 prefix length'],
    ["v=spf1 ip4:192.0.2.1/032", 7, '"/032" is no IPv4 prefix length'],
    ["v=spf1 ip4:192.0.2.1//32", 7, "one prefix length may follow the address"],
    ["v=spf1 ip6:192.0.2.1", 7, '"192.0.2.1" is no IPv6 address'],
    ["v=spf1 ip6:2001:db8::/129", 7, '"/129" is no IPv6 prefix length'],
    ["v=spf1 ip4", 7, 'a colon and an address must follow "ip4"'],
    ["v=spf1 a/33", 7, '"/33" is no IPv4 prefix length'],
    ["v=spf1 a//129", 7, '"/129" is no IPv6 prefix length'],
    ["v=spf1 a/24/64", 7, '"/64" is no IPv4 prefix length'],
    ["v=spf1 a/x", 7, "only a colon and a domain, or a prefix length, may follow"],
    ["v=spf1 mx=example.com redirect=", 22, "the domain is missing"],
    ["v=spf1 redirect=a.example redirect=b.example", 26, "redirect= may stand once"],
    ["v=spf1 exists:%{c}.example.com", 7, "the macro letter c is for explanations only"],
    ["v=spf1 exists:%{z}.example.com", 7, "there is no macro letter z"],
    ["v=spf1 exists:%{d0}.example.com", 7, "a macro cannot keep zero labels"],
    [
      "v=spf1 exists:%(i).example.com",
      7,
      'a "%" must begin a macro such as %{i}, or be written %%',
    ],
    [
      "v=spf1 exists:100%.example.com",
      7,
      'a "%" must begin a macro such as %{i}, or be written %%',
    ],
    ["v=spf1 mx\tip4:192.0.2.1", 7, "only a colon and a domain, or a prefix length, may follow"],
    ["v=spf1 include:exämple.com", 7, "only printable ASCII without spaces may stand in it"],
    ['"v=spf1 -all"', 0, "the record must begin with v=spf1 and a space"],
  ] as const)("%s", (text, position, reason) => {
    const [fault] = parseSpf(text).faults;
    expect(fault).toMatchObject({ position, reason });
  });
});

test("reads each mechanism with its parts and its place", () => {
  const { terms } = parseSpf("v=spf1 ~a:mail.example.com/24//64 ip4:192.0.2.0/25 -all");
  expect(terms).toEqual([
    {
      kind: "mechanism",
      name: "a",
      qualifier: "~",
      domain: "mail.example.com",
      prefix4: 24,
      prefix6: 64,
      text: "~a:mail.example.com/24//64",
      position: 7,
    },
    {
      kind: "mechanism",
      name: "ip4",
      qualifier: "+",
      network: "192.0.2.0",
      prefix4: 25,
      text: "ip4:192.0.2.0/25",
      position: 34,
    },
    { kind: "mechanism", name: "all", qualifier: "-", text: "-all", position: 51 },
  ]);
});

test("tells an SPF record from other texts", () => {
  expect(["v=spf1", "v=spf1 -all", "V=sPf1 a"].every(isSpfRecord)).toBe(true);
  expect(["v=spf1-all", "v=spf2.0/pra", " v=spf1", "v=spf1\t-all"].some(isSpfRecord)).toBe(false);
});

test("never throws, and names only places that are in the text", () => {
  const piece = fc.constantFrom(
    "v=spf1",
    " ",
    "a",
    ":",
    "/",
    "%{",
    "}",
    "ip4:",
    "=",
    "é",
    "-",
    ".",
    "1",
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        text.map((rest) => `v=spf1 ${rest}`),
        fc.string(),
      ),
      (record) => {
        const { terms, faults } = parseSpf(record);
        for (const { position, text: found } of terms)
          expect(record.startsWith(found, position)).toBe(true);
        for (const { position, text: found } of faults)
          expect(record.startsWith(found.replace(/…$/, ""), position)).toBe(true);
      },
    ),
  );
});

test("reads a hostile text of a megabyte quickly", () => {
  const before = performance.now();
  parseSpf(`v=spf1 a:${"%{d}/".repeat(200_000)}`);
  parseSpf(`v=spf1 ${"a/".repeat(500_000)}`);
  expect(performance.now() - before).toBeLessThan(500);
});
