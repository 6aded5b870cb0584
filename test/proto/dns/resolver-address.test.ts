import { expect, test } from "vitest";
import { UsageError } from "../../../src/core/errors.ts";
import {
  parseResolver,
  resolverLabel,
  resolverText,
} from "../../../src/proto/dns/resolver-address.ts";

test.each([
  ["127.0.0.1", { ip: "127.0.0.1", port: 53 }],
  ["127.0.0.1:5353", { ip: "127.0.0.1", port: 5353 }],
  ["::1", { ip: "::1", port: 53 }],
  ["[::1]", { ip: "::1", port: 53 }],
  ["[2001:db8::53]:5353", { ip: "2001:db8::53", port: 5353 }],
])("--resolver %s is understood", (typed, wanted) => {
  expect(parseResolver(typed)).toEqual(wanted);
});

test.each(["dns.example.com", "", "127.0.0.1:0", "127.0.0.1:65536", "[::1]:x", "[::1", "1.2.3"])(
  "--resolver %j is wrong usage",
  (typed) => {
    expect(() => parseResolver(typed)).toThrow(UsageError);
  },
);

test.each([
  ["tls://192.0.2.53", { over: "tls", ip: "192.0.2.53", port: 853, name: "192.0.2.53" }],
  [
    "TLS://[2001:db8::53]:8853",
    { over: "tls", ip: "2001:db8::53", port: 8853, name: "2001:db8::53" },
  ],
  ["tls://2001:db8::53", { over: "tls", ip: "2001:db8::53", port: 853, name: "2001:db8::53" }],
  [
    "tls://192.0.2.53:53#DNS.example.",
    { over: "tls", ip: "192.0.2.53", port: 53, name: "dns.example" },
  ],
  [
    "https://192.0.2.53/dns-query",
    { over: "https", ip: "192.0.2.53", port: 443, name: "192.0.2.53", path: "/dns-query" },
  ],
  [
    "https://dns.example:8443/?a=b#[2001:db8::53]",
    { over: "https", ip: "2001:db8::53", port: 8443, name: "dns.example", path: "/?a=b" },
  ],
])("--resolver %s is a resolver that must prove who it is", (typed, wanted) => {
  expect(parseResolver(typed)).toEqual(wanted);
});

test.each([
  "tls://",
  "tls://dns.example",
  "tls://192.0.2.53#",
  "tls://192.0.2.53#not a name",
  "tls://192.0.2.53#192.0.2.54",
  "tls://192.0.2.53:0",
  "tls://192.0.2.53/dns-query",
  "https://",
  "https://192.0.2.53",
  "https://dns.example/dns-query",
  "https://dns.example/dns-query#",
  "https://dns.example/dns-query#dns.example",
  "https://192.0.2.53/dns-query#192.0.2.54",
  "https://user:pass@dns.example/dns-query#192.0.2.53",
  "https://dns.example/a b#192.0.2.53",
  "https://dns.example/\r\nHost: x#192.0.2.53",
  "http://192.0.2.53/dns-query",
  "quic://192.0.2.53",
  "udp://192.0.2.53",
])("--resolver %j is wrong usage", (typed) => {
  expect(() => parseResolver(typed)).toThrow(UsageError);
  expect(() => parseResolver(typed)).not.toThrow(/[\r\n]|pass@/);
});

test.each([
  ["192.0.2.53", "192.0.2.53:53", "192.0.2.53:53"],
  ["tls://[2001:db8::53]", "tls://[2001:db8::53]:853", "tls://[2001:db8::53]:853"],
  ["tls://192.0.2.53#a.example", "tls://192.0.2.53:853", "tls://192.0.2.53:853#a.example"],
  ["https://[2001:db8::53]/q", "https://[2001:db8::53]/q", "https://[2001:db8::53]/q"],
  [
    "https://a.example:8443/q#192.0.2.53",
    "https://a.example:8443/q",
    "https://a.example:8443/q#192.0.2.53",
  ],
])("%s is called %s in answers and %s in the record of the run", (typed, label, text) => {
  const address = parseResolver(typed);
  expect([resolverLabel(address), resolverText(address)]).toEqual([label, text]);
  expect(parseResolver(text)).toEqual(address);
});
