import { expect, test } from "vitest";
import { serveDialogue } from "../kit/dialogue.ts";
import { serveZones } from "../kit/zone.ts";
import { examine, ofKind, startRun } from "./run-kit.ts";

const zone = `
$ORIGIN example.com.
@ 300 IN SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ 300 IN NS ns
@ 300 IN MX 10 mx
@ 300 IN TXT "v=spf1 mx -all"
_dmarc 300 IN TXT "v=DMARC1; p=reject"
mx 300 IN A 192.0.2.1
two 300 IN MX 10 mx
two 300 IN MX 20 mx1
mx1 300 IN A 192.0.2.1
apart 300 IN MX 10 mx
apart 300 IN MX 20 other
other 300 IN A 192.0.2.1
family 300 IN MX 10 both
both 300 IN A 192.0.2.1
both 300 IN AAAA 2001:db8::1
implicit 300 IN A 192.0.2.1
null 300 IN MX 0 .
private 300 IN MX 10 inside
inside 300 IN A 10.0.0.1
literal 300 IN MX 10 192.0.2.1.
;! servfail broken MX
many 300 IN MX 1 m1
many 300 IN MX 2 m2
many 300 IN MX 3 m3
m1 300 IN A 192.0.2.11
m2 300 IN A 192.0.2.12
m3 300 IN A 192.0.2.13
1.2.0.192.in-addr.arpa. 300 IN PTR mx.example.com.
`;

test("a domain is examined with one connection to its exchanger", async () => {
  const { resolver, queries } = await serveZones([zone]);
  const server = await serveDialogue("smtp/healthy-starttls");
  const connectTo = [`mx.example.com:25:127.0.0.1:${server.port}`];
  const seen = await examine(startRun({ resolver, connectTo }), "domain", "example.com");
  expect(seen.ended).toBe("complete");
  expect(seen.observations.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    "environment ok",
    "mx-set ok",
    "spf-record ok",
    "dmarc-record ok",
    "addresses ok",
    "reverse-name ok",
    "smtp-hello ok",
    "smtp-envelope ok",
  ]);
  expect(server.connections).toBe(1);
  const asked = queries.map(({ name, type }) => `${name.toLowerCase()} ${type}`);
  expect(new Set(asked).size).toBe(asked.length);
});

test("two exchangers at one address share one connection, each with its own name match", async () => {
  const { resolver } = await serveZones([zone]);
  const server = await serveDialogue("smtp/healthy-starttls");
  const connectTo = [`192.0.2.1:25:127.0.0.1:${server.port}`];
  const seen = await examine(startRun({ resolver, connectTo }), "domain", "two.example.com");
  expect(server.connections).toBe(1);
  const hellos = ofKind(seen, "smtp-hello");
  expect(hellos.map(({ subject }) => subject.host)).toEqual(["mx.example.com", "mx1.example.com"]);
  const references = hellos.map(({ data }) => data?.["tls"]);
  expect(references).toMatchObject([
    { known: true, value: { referenceIdentifier: "mx.example.com", nameMatch: "exact" } },
    { known: true, value: { referenceIdentifier: "mx1.example.com", nameMatch: "exact" } },
  ]);
  expect(ofKind(seen, "reverse-name")).toHaveLength(1);
});

test("a name that the shared certificate does not cover is left open, the rest is known", async () => {
  const { resolver } = await serveZones([zone]);
  const server = await serveDialogue("smtp/healthy-starttls");
  const connectTo = [`192.0.2.1:25:127.0.0.1:${server.port}`];
  const seen = await examine(startRun({ resolver, connectTo }), "domain", "apart.example.com");
  expect(server.connections).toBe(1);
  expect(ofKind(seen, "smtp-hello")[1]?.data?.["tls"]).toMatchObject({
    known: true,
    value: { trusted: true, nameMatch: "not-judged", referenceIdentifier: "other.example.com" },
  });
});

test("a family that was switched off is skipped on request, and not dialled", async () => {
  const { resolver } = await serveZones([zone]);
  const server = await serveDialogue("smtp/healthy-starttls");
  const connectTo = [`both.example.com:25:127.0.0.1:${server.port}`];
  const run = startRun({ resolver, connectTo, options: { ipv6: false } });
  const seen = await examine(run, "domain", "family.example.com");
  expect(server.connections).toBe(1);
  expect(ofKind(seen, "smtp-hello").map(({ skipReason }) => skipReason)).toEqual([
    undefined,
    "not-requested",
  ]);
});

test("passive connects to nothing", async () => {
  const { resolver } = await serveZones([zone]);
  const run = startRun({ resolver, options: { passive: true } });
  const seen = await examine(run, "domain", "example.com");
  expect(ofKind(seen, "smtp-hello")).toMatchObject([
    { outcome: "skipped", skipReason: "not-requested" },
  ]);
});

test("without MX records the domain is its own exchanger", async () => {
  const { resolver } = await serveZones([zone]);
  const server = await serveDialogue("smtp/healthy-starttls");
  const connectTo = [`implicit.example.com:25:127.0.0.1:${server.port}`];
  const seen = await examine(startRun({ resolver, connectTo }), "domain", "implicit.example.com");
  expect(ofKind(seen, "mx-set")[0]?.data).toMatchObject({
    implicit: { known: true, value: true },
    hosts: ["implicit.example.com"],
  });
  expect(ofKind(seen, "smtp-hello")[0]?.outcome).toBe("ok");
});

test.each([
  ["null.example.com", 0],
  ["literal.example.com", 0],
  ["nothing.example.com", 0],
])("%s has no server to visit", async (domain, visits) => {
  const { resolver } = await serveZones([zone]);
  const seen = await examine(startRun({ resolver }), "domain", domain);
  const tried = ofKind(seen, "smtp-hello").filter(({ outcome }) => outcome !== "skipped");
  expect(tried).toHaveLength(visits);
});

test("an address inside a private network is seen and not dialled", async () => {
  const { resolver } = await serveZones([zone]);
  const seen = await examine(startRun({ resolver }), "domain", "private.example.com");
  expect(ofKind(seen, "smtp-hello")).toMatchObject([
    { outcome: "skipped", skipReason: "not-applicable" },
  ]);
  expect(ofKind(seen, "reverse-name")).toHaveLength(0);
});

test("a failed MX question ends there, with its cause", async () => {
  const { resolver } = await serveZones([zone]);
  const seen = await examine(startRun({ resolver }), "domain", "broken.example.com");
  expect(ofKind(seen, "mx-set")).toMatchObject([
    { outcome: "failed", failure: { code: "dns-servfail" }, data: { hosts: [] } },
  ]);
  // What could not be visited is on record, so that every check can say why it cannot tell.
  for (const kind of ["addresses", "reverse-name", "smtp-hello", "smtp-envelope"])
    expect(ofKind(seen, kind)).toMatchObject([
      { outcome: "skipped", skipReason: "depends-on", dependsOn: ["mx-set:broken.example.com"] },
    ]);
});

test("exchangers over the limit are counted, not visited", async () => {
  const { resolver } = await serveZones([zone]);
  const run = startRun({ resolver, limits: { mxHosts: 2 }, options: { passive: true } });
  const seen = await examine(run, "domain", "many.example.com");
  expect(ofKind(seen, "mx-set")[0]?.data).toMatchObject({ omitted: 1 });
  expect(ofKind(seen, "addresses")).toHaveLength(2);
});

test("the deadline ends a silent session and keeps what was seen", async () => {
  const { resolver } = await serveZones([zone]);
  const server = await serveDialogue("smtp/silent");
  const connectTo = [`mx.example.com:25:127.0.0.1:${server.port}`];
  const run = startRun({ resolver, connectTo, limits: { deadlineMs: 400, greetingMs: 30_000 } });
  const seen = await examine(run, "domain", "example.com");
  expect(seen.ended).toBe("deadline");
  expect(seen.durationMs).toBeLessThan(1_400);
  expect(ofKind(seen, "smtp-hello")).toMatchObject([
    { outcome: "failed", failure: { code: "deadline" }, data: { connected: { known: true } } },
  ]);
  expect(ofKind(seen, "smtp-envelope")).toMatchObject([
    { outcome: "skipped", skipReason: "depends-on" },
  ]);
});

test("an interruption ends the session and keeps what was seen", async () => {
  const { resolver } = await serveZones([zone]);
  const server = await serveDialogue("smtp/silent");
  const connectTo = [`mx.example.com:25:127.0.0.1:${server.port}`];
  const stop = new AbortController();
  const run = startRun({ resolver, connectTo, limits: { greetingMs: 30_000 } });
  const pending = run.examine(
    "domain",
    { kind: "domain", input: "example.com", domain: "example.com", unicode: "example.com" },
    { signal: stop.signal, progress: ({ text }) => text.startsWith("greeting") && stop.abort() },
  );
  const seen = await pending;
  expect(seen.ended).toBe("aborted");
  expect(ofKind(seen, "smtp-hello")).toMatchObject([{ failure: { code: "aborted" } }]);
});

test("a dead address is dialled once for all the domains of a run", async () => {
  const { resolver, queries } = await serveZones([zone]);
  const run = startRun({ resolver, connectTo: ["192.0.2.1:25:127.0.0.1:1"] });
  const [first, second] = [
    await examine(run, "domain", "example.com"),
    await examine(run, "domain", "implicit.example.com"),
  ];
  const failures = [first, second].map((seen) => ofKind(seen, "smtp-hello")[0]?.failure?.code);
  expect(failures).toEqual(["connect-refused", "connect-refused"]);
  expect(queries.length).toBeGreaterThan(0);
});
