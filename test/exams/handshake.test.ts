import { expect, test } from "vitest";
import { serveDialogue } from "../kit/dialogue.ts";
import { serveZones } from "../kit/zone.ts";
import { examine, ofKind, startRun } from "./run-kit.ts";

const zone = `
$ORIGIN example.com.
@ 300 IN SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ 300 IN MX 10 mx
mx 300 IN A 192.0.2.1
plain 300 IN A 10.0.0.1
null 300 IN MX 0 .
null 300 IN A 192.0.2.9
trap 300 IN MX 10 inside
inside 300 IN A 10.0.0.1
`;

test("a domain means its exchangers, and nobody is asked about recipients", async () => {
  const { resolver } = await serveZones([zone]);
  const server = await serveDialogue("smtp/healthy-handshake");
  const connectTo = [`mx.example.com:25:127.0.0.1:${server.port}`];
  const seen = await examine(startRun({ resolver, connectTo }), "handshake", "example.com");
  expect(ofKind(seen, "smtp-hello")).toMatchObject([
    { subject: { host: "mx.example.com" }, outcome: "ok" },
  ]);
  expect(ofKind(seen, "smtp-envelope")).toHaveLength(0);
});

test.each([
  ["a host without MX records", "plain.example.com", "plain.example.com:25"],
  ["a host with a port", "mx.example.com:2525", "mx.example.com:2525"],
  ["an address literal", "127.0.0.1:2525", "127.0.0.1:2525"],
])("%s is dialled as typed, public or not", async (_what, input, from) => {
  const { resolver } = await serveZones([zone]);
  const server = await serveDialogue("smtp/healthy-handshake");
  const connectTo = [`${from}:127.0.0.1:${server.port}`];
  const seen = await examine(startRun({ resolver, connectTo }), "handshake", input);
  expect(ofKind(seen, "smtp-hello")).toMatchObject([{ outcome: "ok" }]);
  expect(server.connections).toBe(1);
});

test("a null MX leaves nobody to dial", async () => {
  const { resolver } = await serveZones([zone]);
  const seen = await examine(startRun({ resolver }), "handshake", "null.example.com");
  expect(ofKind(seen, "smtp-hello")).toHaveLength(0);
});

test("an exchanger that the DNS places inside a private network is not dialled", async () => {
  const { resolver } = await serveZones([zone]);
  const seen = await examine(startRun({ resolver }), "handshake", "trap.example.com");
  expect(ofKind(seen, "smtp-hello")).toMatchObject([{ outcome: "skipped" }]);
});
