import { expect, test } from "vitest";
import {
  expandIpv6,
  formatEndpoint,
  ipFamily,
  networkOf,
  parseRanges,
  reverseNameOf,
} from "../../src/core/ip.ts";

test.each([
  ["192.0.2.1", 4],
  ["2001:db8::1", 6],
  ["::ffff:192.0.2.1", 6],
  ["fe80::1%eth0", 0],
  ["192.0.2", 0],
  ["[::1]", 0],
  ["example.com", 0],
])("family of %s is %i", (text, family) => {
  expect(ipFamily(text)).toBe(family);
});

test("reverse names follow the RFCs' examples", () => {
  expect(reverseNameOf("192.0.2.10")).toBe("10.2.0.192.in-addr.arpa");
  expect(reverseNameOf("4321:0:1:2:3:4:567:89ab")).toBe(
    "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa",
  );
});

test("IPv6 addresses expand to eight groups however they are written", () => {
  expect(expandIpv6("::").join(":")).toBe("0000:0000:0000:0000:0000:0000:0000:0000");
  expect(expandIpv6("2001:DB8::1").join(":")).toBe("2001:0db8:0000:0000:0000:0000:0000:0001");
  expect(expandIpv6("::ffff:192.0.2.1").slice(5).join(":")).toBe("ffff:c000:0201");
});

test("networks are a /24 and a /48", () => {
  expect(networkOf("192.0.2.77")).toBe("192.0.2.0/24");
  expect(networkOf("2001:db8:1::1")).toBe("2001:0db8:0001::/48");
});

test("ranges hold what they should, and nothing of the other family", () => {
  const ranges = parseRanges(["127.0.0.0/8", "2001:db8::/32", "192.0.2.7"]);
  if ("invalid" in ranges) throw new Error("valid ranges were refused");
  expect(ranges.contains("127.1.2.3")).toBe(true);
  expect(ranges.contains("192.0.2.7")).toBe(true);
  expect(ranges.contains("192.0.2.8")).toBe(false);
  expect(ranges.contains("2001:db8:ffff::1")).toBe(true);
  expect(ranges.contains("::1")).toBe(false);
  expect(ranges.contains("nonsense")).toBe(false);
});

test.each(["", "127.0.0.0/33", "::/129", "127.0.0.1/x", "1/2/3", "example.com/8"])(
  "names %j as no range",
  (cidr) => {
    expect(parseRanges(["192.0.2.0/24", cidr])).toEqual({ invalid: cidr });
  },
);

test("endpoints put IPv6 in brackets", () => {
  expect(formatEndpoint("192.0.2.1", 25)).toBe("192.0.2.1:25");
  expect(formatEndpoint("::1", 25)).toBe("[::1]:25");
});
