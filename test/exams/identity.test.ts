import { expect, test } from "vitest";
import type { Resolver } from "../../src/core/dns.ts";
import { chooseIdentity } from "../../src/exams/identity.ts";
import { answer } from "../kit/cases.ts";

/** Knows the addresses and reverse names given, and nothing else. */
function resolverOf(zone: Readonly<Record<string, string>>): Resolver {
  const query: Resolver["query"] = (name, type) => {
    const value = zone[`${name} ${type}`];
    return Promise.resolve(answer(name, type, value === undefined ? [] : [value as never]));
  };
  return { query, servers: [], close: () => undefined };
}

const nobody = resolverOf({});
const scopeOf = (ip: string) => (ip.startsWith("10.") ? "private use" : "public");
const { signal } = new AbortController();

test.each([
  ["IPv4", { ipv4: "10.0.0.7", ipv6: "2001:db8::7" }, "[10.0.0.7]"],
  ["IPv6 where there is no IPv4", { ipv6: "2001:db8::7" }, "[IPv6:2001:db8::7]"],
  ["loopback where there is nothing", {}, "[127.0.0.1]"],
])("without a name we are an address literal: %s", async (_title, own, ehloName) => {
  const found = await chooseIdentity({}, own, nobody, scopeOf, signal);
  expect(found).toMatchObject({ ehloName, ehloSource: "address-literal" });
  expect(found.sender).toBe("maildoctor-probe@example.org");
});

test.each(["box", "box.localdomain", "box.local", "ip-10-0-0-7.internal", "gone.example.com"])(
  "a host name that the DNS does not know is no identity: %s",
  async (hostName) => {
    const own = { ipv4: "10.0.0.7" };
    const { ehloName } = await chooseIdentity({ hostName }, own, nobody, scopeOf, signal);
    expect(ehloName).toBe("[10.0.0.7]");
  },
);

test("a host name with an address is one", async () => {
  const resolver = resolverOf({ "Box.example.com A": "203.0.113.7" });
  const own = { ipv4: "10.0.0.7" };
  const options = { hostName: "Box.example.com" };
  expect(await chooseIdentity(options, own, resolver, scopeOf, signal)).toEqual({
    ehloName: "box.example.com",
    ehloSource: "host-name",
    sender: "maildoctor-probe@box.example.com",
  });
});

test("the confirmed reverse name goes before the host name", async () => {
  const resolver = resolverOf({
    "7.113.0.203.in-addr.arpa PTR": "out.example.com",
    "out.example.com A": "203.0.113.7",
  });
  const own = { ipv4: "203.0.113.7" };
  const options = { hostName: "box.example.com" };
  const found = await chooseIdentity(options, own, resolver, scopeOf, signal);
  expect(found).toMatchObject({ ehloName: "out.example.com", ehloSource: "reverse-name" });
});
