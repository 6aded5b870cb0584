import { expect, test } from "vitest";
import { playDialogue } from "../../src/demo/dialogue-player.ts";
import { demoCertificate } from "../../src/demo/certificates.ts";
import type { Examination } from "../../src/exams/run.ts";
import { serveZones } from "../kit/zone.ts";
import { examine, ofKind, startRun } from "./run-kit.ts";

const names = Array.from({ length: 12 }, (_, index) => `d${index}.example`);
const zone = `
$TTL 300
mx.example.com. IN A 192.0.2.1
${names.map((name) => `${name}. IN SOA ns.${name}. h.${name}. 1 2 3 4 5\n${name}. IN MX 10 mx.example.com.`).join("\n")}
`;

/** A server that hears any number of domains out in one session. */
const patient = [
  "@protocol smtp",
  "@connections any",
  "S: 220 mx.example.com ESMTP Postfix",
  "C: EHLO {name}",
  "S: 250 mx.example.com",
  ...Array.from({ length: 9 }, () => [
    "C? MAIL FROM:<>",
    "S: 250 2.1.0 Ok",
    "C? RCPT TO:<{postmaster}>",
    "S: 250 2.1.5 Ok",
    "C? RCPT TO:<{unknown}>",
    "S: 550 5.1.1 <{unknown}>: Recipient address rejected: User unknown in virtual mailbox table",
    "C? RSET",
    "S: 250 2.0.0 Ok",
    "C? MAIL FROM:<{sender}>",
    "S: 250 2.1.0 Ok",
    "C? RCPT TO:<{foreign}>",
    "S: 554 5.7.1 <{foreign}>: Relay access denied",
    "C? RSET",
    "S: 250 2.0.0 Ok",
  ]).flat(),
  "C: QUIT",
  "S: 221 2.0.0 Bye",
  "* close",
].join("\n");

async function serve() {
  const server = await playDialogue(patient, { certs: demoCertificate, filename: "many.dialogue" });
  const { resolver } = await serveZones([zone]);
  return { server, resolver, connectTo: [`192.0.2.1:25:127.0.0.1:${server.port}`] };
}

const envelopesOf = (seen: readonly Examination[]) =>
  seen.flatMap((one) => ofKind(one, "smtp-envelope"));

test("domains that share an address share its sessions, and each is asked about once", async () => {
  const { server, resolver, connectTo } = await serve();
  try {
    const run = startRun({ resolver, connectTo });
    const seen = await Promise.all(names.map((name) => examine(run, "domain", name)));
    expect(envelopesOf(seen)).toHaveLength(names.length);
    for (const { outcome, data } of envelopesOf(seen)) {
      expect(outcome).toBe("ok");
      expect(data?.["unknownRecipient"]).toMatchObject({ known: true });
      expect(data?.["relay"]).toMatchObject({ known: true });
    }
    // Eight refused commands are the limit of one session: one a domain, and one for the relay.
    expect(server.connections).toBeLessThanOrEqual(Math.ceil(names.length / 6));
    const asked = server.received.filter((line) => line.startsWith("RCPT TO:<postmaster@"));
    expect(new Set(asked).size).toBe(names.length);
    expect(asked).toHaveLength(names.length);
    const relays = server.received.filter((line) => line.includes("maildoctor-probe@example.net"));
    expect(relays).toHaveLength(server.connections);
  } finally {
    await server.close();
  }
});

test("each domain's report cites its own part of the shared conversation", async () => {
  const { server, resolver, connectTo } = await serve();
  try {
    const run = startRun({ resolver, connectTo });
    const seen = await Promise.all(names.slice(0, 4).map((name) => examine(run, "domain", name)));
    for (const [index, { transcript = [], subject }] of envelopesOf(seen).entries()) {
      const lines = transcript.map(({ text }) => text).join("\n");
      expect(subject.domain).toBe(names[index]);
      expect(lines).toContain(`RCPT TO:<postmaster@${names[index]}>`);
      for (const other of names.slice(0, 4).filter((name) => name !== names[index]))
        expect(lines).not.toContain(`@${other}>`);
    }
  } finally {
    await server.close();
  }
});

test("an address that fails is not bothered for every domain", async () => {
  const server = await playDialogue(
    "@protocol smtp\n@connections any\nS: 421 4.7.0 too many connections\n* close\n",
    {
      certs: demoCertificate,
      filename: "busy.dialogue",
    },
  );
  try {
    const { resolver } = await serveZones([zone]);
    const run = startRun({ resolver, connectTo: [`192.0.2.1:25:127.0.0.1:${server.port}`] });
    const seen = await Promise.all(names.map((name) => examine(run, "domain", name)));
    expect(server.connections).toBe(1);
    const codes = seen.map((one) => ofKind(one, "smtp-hello")[0]?.failure?.code);
    expect(new Set(codes)).toEqual(new Set(["rate-limited"]));
  } finally {
    await server.close();
  }
});

test("who waits for a silent server leaves at his own deadline", async () => {
  const server = await playDialogue("@protocol smtp\n@connections any\n* stall\n", {
    certs: demoCertificate,
    filename: "stall.dialogue",
  });
  try {
    const { resolver } = await serveZones([zone]);
    const run = startRun({
      resolver,
      connectTo: [`192.0.2.1:25:127.0.0.1:${server.port}`],
      limits: { deadlineMs: 500, greetingMs: 30_000 },
    });
    const seen = await Promise.all(names.slice(0, 5).map((name) => examine(run, "domain", name)));
    for (const { ended, durationMs } of seen) {
      expect(ended).toBe("deadline");
      expect(durationMs).toBeLessThan(1_500);
    }
    expect(envelopesOf(seen)).toHaveLength(5);
    expect(server.connections).toBe(1);
  } finally {
    await server.close();
  }
});
