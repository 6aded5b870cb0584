import * as fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../../src/core/errors.ts";
import { parseDomain, parseMailTarget, parseServiceTarget } from "../../src/core/target.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

test.each([
  ["example.com", "example.com", "example.com"],
  ["EXAMPLE.Com.", "example.com", "example.com"],
  ["bücher.example", "xn--bcher-kva.example", "bücher.example"],
  ["xn--bcher-kva.example", "xn--bcher-kva.example", "bücher.example"],
  ["_dmarc.example.com", "_dmarc.example.com", "_dmarc.example.com"],
  ["a--b.example", "a--b.example", "a--b.example"],
  ["localhost", "localhost", "localhost"],
])("accepts the domain %s", (input, domain, unicode) => {
  expect(parseDomain(input)).toEqual({ domain, unicode });
});

test.each([
  "",
  ".",
  "a..b",
  ".example.com",
  "exa mple.com",
  "example.com\r\nQUIT",
  "\u202eexample.com",
  "192.0.2.1",
  "[192.0.2.1]",
  "2001:db8::1",
  "1.2.3",
  "-a.example",
  "a-.example",
  `${"a".repeat(64)}.example`,
  `${"a.".repeat(127)}example`,
  "exa$mple.com",
  "http://example.com",
  "xn--a.example",
])("refuses %j as a domain in one line", (input) => {
  try {
    parseDomain(input);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

test("an address stands for its domain", () => {
  const target = parseMailTarget("some.body@Example.COM");
  expect(target).toMatchObject({ kind: "address", localPart: "some.body", domain: "example.com" });
});

test.each(["@example.com", "a b@example.com", "a@", `${"x".repeat(65)}@example.com`])(
  "refuses %j as an address",
  (input) => {
    expect(() => parseMailTarget(input)).toThrow(UsageError);
  },
);

test.each([
  ["mx.example.com", "mx.example.com", undefined],
  ["mx.example.com:587", "mx.example.com", 587],
  ["192.0.2.1", "192.0.2.1", undefined],
  ["192.0.2.1:25", "192.0.2.1", 25],
  ["[2001:db8::1]:25", "2001:db8::1", 25],
  ["[2001:db8::1]", "2001:db8::1", undefined],
  ["2001:db8::1", "2001:db8::1", undefined],
])("accepts the service %s", (input, host, port) => {
  const target = parseServiceTarget(input);
  expect(target.host).toBe(host);
  expect(target.port).toBe(port);
});

test.each([
  "mx.example.com:0",
  "mx.example.com:65536",
  "mx.example.com:x",
  "[mx.example.com]:25",
  "",
])("refuses %j as a service", (input) => {
  expect(() => parseServiceTarget(input)).toThrow(UsageError);
});

test("anything typed is either a clean domain or a usage error", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.domain()), (input) => {
      try {
        expect(parseMailTarget(input).domain).toMatch(/^[a-z0-9_.-]{1,253}$/);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
  );
});
