import { expect, test } from "vitest";
import { parseRanges } from "../../src/core/ip.ts";
import { createAddressScope } from "../../src/knowledge/special-purpose.ts";

const scopeOf = createAddressScope();

test.each([
  ["8.8.4.4", "public"],
  ["1.1.1.1", "public"],
  ["172.15.0.1", "public"],
  ["172.32.0.1", "public"],
  ["192.0.0.9", "public"],
  ["2a00:1450:4001::1", "public"],
  ["2001:4860::1", "public"],
  ["10.0.0.1", "private use"],
  ["172.16.0.1", "private use"],
  ["172.31.255.255", "private use"],
  ["192.168.1.1", "private use"],
  ["100.64.0.1", "shared address space (carrier NAT)"],
  ["127.0.0.1", "loopback"],
  ["0.0.0.0", "this network"],
  ["169.254.169.254", "link local"],
  ["192.0.2.1", "documentation"],
  ["224.0.0.1", "multicast"],
  ["255.255.255.255", "reserved"],
  ["::1", "loopback"],
  ["::", "unspecified"],
  ["::ffff:8.8.8.8", "IPv4-mapped"],
  ["64:ff9b::808:808", "IPv4/IPv6 translation"],
  ["fe80::1", "link local"],
  ["fd00::1", "unique local"],
  ["2001:db8::1", "documentation"],
  ["2002:a00:1::1", "6to4"],
  ["4000::1", "reserved"],
  ["ff02::1", "multicast"],
  ["not an address", "invalid"],
])("%s is %s", (ip, scope) => {
  expect(scopeOf(ip)).toBe(scope);
});

test("ranges that the user calls public are public", () => {
  const extra = parseRanges(["127.0.0.0/8"]);
  if ("invalid" in extra) throw new Error("valid range was refused");
  expect(createAddressScope(extra)("127.0.0.1")).toBe("public");
  expect(createAddressScope(extra)("10.0.0.1")).toBe("private use");
});
