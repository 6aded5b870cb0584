import { expect, test } from "vitest";
import { serveZones } from "../kit/zone.ts";
import { examine, ofKind, startRun } from "./run-kit.ts";

const zone = `
$ORIGIN example.com.
@ 300 IN SOA ns.example.com. hostmaster.example.com. 42 7200 3600 1209600 300
@ 300 IN NS ns2
@ 300 IN NS ns1
@ 300 IN MX 20 b
@ 300 IN MX 10 z
@ 300 IN MX 10 a
a 300 IN A 192.0.2.1
z 300 IN CNAME real
real 300 IN A 192.0.2.2
b 300 IN A 192.0.2.3
sub.deep 300 IN MX 10 a
1.2.0.192.in-addr.arpa. 300 IN PTR a.example.com.
2.2.0.192.in-addr.arpa. 300 IN PTR other.example.com.
`;

test("the route is the order in which a sender tries, with what the DNS says of each host", async () => {
  const { resolver } = await serveZones([zone]);
  const seen = await examine(startRun({ resolver }), "route", "example.com");
  expect(ofKind(seen, "mx-set")[0]?.data).toMatchObject({
    hosts: ["a.example.com", "z.example.com", "b.example.com"],
  });
  expect(
    ofKind(seen, "addresses").map(({ subject, data }) => [subject.host, data?.["aliases"]]),
  ).toEqual([
    ["a.example.com", { known: true, value: [] }],
    ["z.example.com", { known: true, value: ["real.example.com"] }],
    ["b.example.com", { known: true, value: [] }],
  ]);
  const reverse = ofKind(seen, "reverse-name").map(({ data }) => [
    data?.["names"],
    data?.["confirmed"],
  ]);
  expect(reverse).toContainEqual([
    { known: true, value: ["a.example.com"] },
    { known: true, value: ["a.example.com"] },
  ]);
  expect(reverse).toContainEqual([
    { known: true, value: ["other.example.com"] },
    { known: true, value: [] },
  ]);
  expect(ofKind(seen, "smtp-hello")).toHaveLength(0);
});

test("a name below the apex is held by the zone above it", async () => {
  const { resolver } = await serveZones([zone]);
  const seen = await examine(startRun({ resolver }), "route", "sub.deep.example.com");
  expect(ofKind(seen, "delegation")[0]?.data).toMatchObject({
    zone: { known: true, value: "example.com" },
    nameServers: { known: true, value: ["ns1.example.com", "ns2.example.com"] },
    serial: { known: true, value: 42 },
  });
});
