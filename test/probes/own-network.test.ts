import { expect, test } from "vitest";
import { parseRanges } from "../../src/core/ip.ts";
import { createAddressScope } from "../../src/knowledge/special-purpose.ts";
import { isOwnNetwork } from "../../src/probes/own-network.ts";

const scopeOf = createAddressScope();

test.each([
  ["8.8.8.1", "8.8.8.200", true],
  ["8.8.8.1", "8.8.9.1", false],
  ["10.0.0.1", "8.8.8.8", false],
  ["10.0.0.1", "10.9.9.9", true],
  ["127.0.0.1", "127.0.0.1", true],
  ["2a00:1::1", "2a00:1::2", true],
  ["2a00:1::1", "2a00:1:0:1::2", false],
  ["2a00:1::1", "8.8.8.8", false],
  ["", "8.8.8.8", false],
])("from %s, a server at %s may know us: %s", (local, ip, own) => {
  expect(isOwnNetwork(local, ip, scopeOf)).toBe(own);
});

test("a network that the user declared public is one", () => {
  const ranges = parseRanges(["127.0.0.0/8"]);
  if ("invalid" in ranges) throw new Error("bad range");
  expect(isOwnNetwork("127.0.0.1", "127.0.0.1", createAddressScope(ranges))).toBe(false);
});
