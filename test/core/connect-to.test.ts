import * as fc from "fast-check";
import { expect, test } from "vitest";
import { applyConnectTo, parseConnectTo } from "../../src/core/connect-to.ts";
import { UsageError } from "../../src/core/errors.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

test.each([
  [
    "mx.example.com:25:127.0.0.1:2525",
    { host: "mx.example.com", port: 25, toIp: "127.0.0.1", toPort: 2525 },
  ],
  ["MX.Example.com.::127.0.0.1:", { host: "mx.example.com", toIp: "127.0.0.1" }],
  ["::127.0.0.1:2525", { toIp: "127.0.0.1", toPort: 2525 }],
  [":25:[::1]:2525", { port: 25, toIp: "::1", toPort: 2525 }],
  ["192.0.2.1:25:127.0.0.1:", { host: "192.0.2.1", port: 25, toIp: "127.0.0.1" }],
  [
    "[2001:db8::1]:25:[::1]:26",
    { host: "2001:0db8:0000:0000:0000:0000:0000:0001", port: 25, toIp: "::1", toPort: 26 },
  ],
])("reads %s", (text, rule) => {
  expect(parseConnectTo(text)).toEqual(rule);
});

test.each([
  "",
  "mx.example.com",
  "mx.example.com:25:127.0.0.1",
  "mx.example.com:25:localhost:25",
  "mx.example.com:25:::1:25",
  "mx.example.com:25:[127.0.0.1]:25",
  "[mx.example.com]:25:127.0.0.1:25",
  "mx.example.com:0:127.0.0.1:25",
  "mx.example.com:25:127.0.0.1:65536",
  "mx.example.com:smtp:127.0.0.1:25",
  "mx\u001b.example.com:25:127.0.0.1:25",
  "mx.example.com:25:[fe80::1%eth0]:25",
])("refuses %j in one escaped line", (text) => {
  expect(() => parseConnectTo(text)).toThrow(UsageError);
  expect(() => parseConnectTo(text)).toThrow(/^[^\p{Cc}]*expected HOST:PORT:ADDR:PORT$/u);
});

const endpoint = { host: "mx.example.com", ip: "192.0.2.1", port: 25 };

test.each([
  [[], "192.0.2.1", 25],
  [["other.example:25:127.0.0.1:1"], "192.0.2.1", 25],
  [["mx.example.com:587:127.0.0.1:1"], "192.0.2.1", 25],
  [["mx.example.com:25:127.0.0.1:1"], "127.0.0.1", 1],
  [["192.0.2.1:25:127.0.0.1:1"], "127.0.0.1", 1],
  [["::127.0.0.1:"], "127.0.0.1", 25],
  [["mx.example.com::127.0.0.2:2", "::127.0.0.1:1"], "127.0.0.2", 2],
])("rules %j lead to %s, port %i", (rules, ip, port) => {
  expect(applyConnectTo(rules.map(parseConnectTo), endpoint)).toEqual({ ip, port });
});

test("an IPv6 address matches in any spelling", () => {
  const rule = parseConnectTo("[2001:DB8:0::1]:25:[::1]:1");
  const to = applyConnectTo([rule], { host: "mx.example.com", ip: "2001:db8::1", port: 25 });
  expect(to).toEqual({ ip: "::1", port: 1 });
});

test("any text is a rule or a usage error", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseConnectTo(text);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
  );
});
