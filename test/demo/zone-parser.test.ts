import * as fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseZone } from "../../src/demo/zone-parser.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

function zoneOf(text: string) {
  const { zone, problems } = parseZone(text);
  if (problems) throw new Error(JSON.stringify(problems));
  return zone;
}
const valuesOf = (text: string) =>
  zoneOf(text).records.map((record) => (record.type === "generic" ? record : record.value));

test("completes relative names with the origin, and repeats the owner of the record before", () => {
  const { records } = zoneOf(
    "$ORIGIN example.com.\n@ MX 10 mx\n  MX 20 mx.example.net.\nmx A 192.0.2.1",
  );
  expect(records).toEqual([
    {
      name: "example.com",
      ttlSeconds: 3600,
      type: "MX",
      value: { preference: 10, exchange: "mx.example.com" },
    },
    {
      name: "example.com",
      ttlSeconds: 3600,
      type: "MX",
      value: { preference: 20, exchange: "mx.example.net" },
    },
    { name: "mx.example.com", ttlSeconds: 3600, type: "A", value: "192.0.2.1" },
  ]);
});

test("takes TTL and class in either order", () => {
  const text =
    "$TTL 1h30m\na. A 192.0.2.1\na. 60 A 192.0.2.1\na. IN 60 A 192.0.2.1\na. 60 IN A 192.0.2.1\na. in A 192.0.2.1";
  expect(zoneOf(text).records.map((record) => record.ttlSeconds)).toEqual([5400, 60, 60, 60, 5400]);
});

test("continues an entry within parentheses, past comments", () => {
  expect(valuesOf("a. SOA ns. host\\.master.a. ( 1 ; serial )\n 2 3\n\n 4 1d ) ; end")).toEqual([
    {
      mname: "ns",
      rname: "host\\046master.a",
      serial: 1,
      refresh: 2,
      retry: 3,
      expire: 4,
      minimum: 86_400,
    },
  ]);
});

test.each([
  [". NS ns.example.", "ns.example"],
  ["a. MX 0 .", { preference: 0, exchange: "." }],
  ["a. AAAA 2001:db8::1", "2001:db8::1"],
  ["a. PTR Mx.Example.", "Mx.Example"],
  ["a. CNAME *.b.", "*.b"],
  ["_imaps._tcp.a. SRV 0 1 993 mail.a.", { priority: 0, weight: 1, port: 993, target: "mail.a" }],
  [
    'a. CAA 0 issue "ca.example; policy=ev"',
    { flags: 0, tag: "issue", value: "ca.example; policy=ev" },
  ],
  ["a. TLSA 3 1 1 00FF ( 0a\n0b )", { usage: 3, selector: 1, matchingType: 1, data: "00ff0a0b" }],
  ['a. TXT "one" two "three;\\"(3)"', ["one", "two", 'three;"(3)']],
  ['a. TXT ""', [""]],
  ['a. TXT "\\255\\000é"', ["\xff\x00\xc3\xa9"]],
  ["a. TYPE65 \\# 3 00 ff0a", expect.objectContaining({ number: 65, hex: "00ff0a" })],
  ["a. TYPE43 \\# 0", expect.objectContaining({ number: 43, hex: "" })],
])("reads %s", (text, value) => {
  expect(valuesOf(text)).toEqual([value]);
});

test("reads failure marks, with names relative to the origin", () => {
  const { marks } = zoneOf(
    ";! authentic example.\n$ORIGIN example.com.\n;! servfail mx A\n;! timeout @ *\n;! truncate mx.example.net. TXT ",
  );
  expect(marks).toEqual([
    { kind: "authentic", name: "example" },
    { kind: "servfail", name: "mx.example.com", type: 1 },
    { kind: "timeout", name: "example.com" },
    { kind: "truncate", name: "mx.example.net", type: 16 },
  ]);
});

test.each([
  ["a. A 192.0.2", "no IPv4 address: 192.0.2"],
  ["a. A 192.0.2.1 192.0.2.2", "too much: 192.0.2.2"],
  ["a. AAAA 192.0.2.1", "no IPv6 address"],
  ["a. MX mx.a.", "the preference is no 16-bit number: mx.a."],
  ["a. MX 65536 mx.a.", "the preference is no 16-bit number"],
  ["a. MX 10", "the exchange is missing"],
  ["a. MX 10 mx..a.", "the exchange is no name: mx..a."],
  ["a. TXT", "the text is missing"],
  ["a. TLSA 3 1 1 0", "the association data is no hex text"],
  ["a. WKS x", "unknown type WKS"],
  ["a. TYPE1 \\# 4 c0000201", "TYPE1 has a name of its own"],
  ["a. TYPE65 \\# 4 00", "the data is not 4 octets long"],
  ["a. TYPE65 00", "TYPE65 is written as"],
  ["a.", "the type is missing"],
  [" A 192.0.2.1", "the first record has no owner"],
  ["é. A 192.0.2.1", "not a name: é."],
  ['a. TXT "open', "a quoted string is not closed"],
  ["a. TXT ( x", "a parenthesis is not closed"],
  ["a. TXT x )", "a stray parenthesis"],
  ["$INCLUDE other", "unknown directive $INCLUDE"],
  ["$TTL soon", "$TTL takes a time in seconds"],
  [";! explode a. A", "unknown mark explode"],
  [";! servfail a.", "servfail takes a name and a type"],
  [";! servfail a. WKS", "unknown type WKS"],
  [";! authentic a. A", "authentic takes a name alone"],
])("reports %j", (text, message) => {
  const { problems } = parseZone(`\n${text}`);
  expect(problems).toEqual([{ line: 2, message: expect.stringContaining(message) }]);
});

test("returns a zone or problems for any text, and never throws", () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "a.",
      "MX",
      "10",
      "(",
      ")",
      '"',
      "\\",
      ";",
      ";!",
      "servfail",
      "\n",
      " ",
      "TYPE65",
      "\\#",
    ),
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const result = parseZone(words.join(" "));
      expect(result.problems === undefined).toBe(result.zone !== undefined);
    }),
  );
});

const folder = new URL("../../fixtures/zones/", import.meta.url);
test.each(readdirSync(folder))("reads the fixture %s", (file) => {
  expect(zoneOf(readFileSync(new URL(file, folder), "utf8")).records.length).toBeGreaterThan(0);
});
