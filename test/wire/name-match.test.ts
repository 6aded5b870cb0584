import * as fc from "fast-check";
import { expect, test } from "vitest";
import { matchName } from "../../src/wire/name-match.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

const presenting = (...dnsNames: string[]) => ({ dnsNames, ipAddresses: ["192.0.2.1"] });

test.each([
  ["mx.example.com", "mx.example.com", "exact"],
  ["MX.Example.COM", "mx.example.com", "exact"],
  ["mx.example.com", "mx.example.com.", "exact"],
  ["*.example.com", "mx.example.com", "wildcard"],
  ["*.example.com", "example.com", "none"],
  ["*.example.com", "a.mx.example.com", "none"],
  ["mx*.example.com", "mx1.example.com", "none"],
  ["mx.*.com", "mx.example.com", "none"],
  ["*.com", "example.com", "none"],
  ["*", "localhost", "none"],
  ["example.com", "mx.example.com", "none"],
  ["mx.example.com.evil.test", "mx.example.com", "none"],
  ["xn--bcher-kva.example", "bücher.example", "exact"],
  ["*.xn--bcher-kva.example", "mx.bücher.example", "wildcard"],
  ["", "mx.example.com", "none"],
  ["192.0.2.1", "192.0.2.1", "exact"],
  ["192.0.2.2", "192.0.2.2", "none"],
])("a certificate for %s and the reference %s: %s", (presented, reference, expected) => {
  expect(matchName(presenting(presented), reference)).toBe(expected);
});

test("without a certificate nothing matches", () => {
  expect(matchName(undefined, "mx.example.com")).toBe("none");
});

test("no text makes it throw, and the empty reference never matches", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (presented, reference) => {
      matchName(presenting(presented), reference);
      expect(matchName(presenting(presented), "")).toBe("none");
    }),
  );
});
