import { expect, test } from "vitest";
import type { Limits } from "../../../src/core/context.ts";
import { defaultLimits } from "../../../src/core/context.ts";
import { slipInCommand } from "../../../src/proto/smtp/command-injection.ts";
import { SmtpSession } from "../../../src/proto/smtp/session.ts";
import { ca } from "../../kit/certs.ts";
import { serveStarttls, type Leftover, type StarttlsServer } from "../../kit/starttls-server.ts";
import { connectTo, host } from "../../wire/server.ts";

const limits: Limits = { ...defaultLimits, commandMs: 600, tlsMs: 2_000, quitMs: 500 };
const options = { host, trust: { name: "ca-file", pem: ca } };

async function slipInto(
  server: StarttlsServer,
  signal = new AbortController().signal,
): Promise<Awaited<ReturnType<typeof slipInCommand>> & { texts: readonly string[] }> {
  const connection = await connectTo(server.port, limits);
  const session = new SmtpSession(connection, limits, signal);
  await session.greeting();
  await session.hello("probe.example.org");
  const result = await slipInCommand(session, options, limits, signal);
  await session.quit();
  expect(server.connections).toBe(1);
  return { ...result, texts: connection.transcript.entries.map(({ text }) => text) };
}

test.each<[what: string, leftover: Leftover, outcome: object]>([
  ["throws them away", "discard", { state: "ignored" }],
  ["answers them under TLS", "answer", { state: "answered", reply: { code: 250 } }],
  ["answers them late", "answer-late", { state: "shifted", reply: { code: 250 } }],
  ["refuses them", "refuse", { state: "closed", why: "the server answered 554" }],
  ["hangs up before TLS", "close", { state: "closed" }],
  ["hangs up under TLS", "close-under-tls", { state: "closed" }],
])("a server that %s", async (_what, leftover, outcome) => {
  expect(await slipInto(await serveStarttls({ leftover }))).toMatchObject({ outcome });
});

test.each<[what: string, leftover: Leftover, code: RegExp]>([
  // Which of the two it is depends on whether both replies arrive together.
  ["answers in clear before TLS", "answer-in-clear", /^(early-plaintext|wrong-protocol)$/],
  ["has no TLS for now", "put-off", /^starttls-refused$/],
  ["greets again under TLS", "greet-again", /^desync$/],
])("a server that %s leaves the question open", async (_what, leftover, code) => {
  const { outcome, ...rest } = await slipInto(await serveStarttls({ leftover }));
  expect(outcome).toBeUndefined();
  expect(rest).toMatchObject({ failure: { code: expect.stringMatching(code) as string } });
});

test("a server that falls silent under TLS leaves the question open", async () => {
  const server = await serveStarttls({ repliesUnderTls: { MAILDOCTOR: "", QUIT: "" } });
  expect(await slipInto(server)).toMatchObject({ failure: { code: "read-timeout" } });
});

test("a server that says yes to everything leaves the question open", async () => {
  const server = await serveStarttls({ replies: { MAILDOCTOR: "250 Ok" } });
  expect(await slipInto(server)).toMatchObject({ failure: { code: "bad-reply" } });
});

test("a server that wants a hello first and answers the NOOP with 503 has obeyed it", async () => {
  const replies = { NOOP: "503 5.5.1 EHLO first", MAILDOCTOR: "503 5.5.1 EHLO first" };
  const early = await serveStarttls({ leftover: "answer", repliesUnderTls: replies });
  expect(await slipInto(early)).toMatchObject({ outcome: { state: "answered" } });
  const late = await serveStarttls({ leftover: "answer-late", repliesUnderTls: replies });
  expect(await slipInto(late)).toMatchObject({ outcome: { state: "shifted" } });
});

test("a failed handshake after hidden octets counts as hanging up", async () => {
  const server = await serveStarttls({
    tls: { minVersion: "TLSv1.3", ciphers: "TLS_AES_128_CCM_SHA256" },
  });
  expect(await slipInto(server)).toMatchObject({ outcome: { state: "closed" } });
});

test("both commands go out together, and nothing but NOOP is slipped in", async () => {
  const server = await serveStarttls();
  const { texts } = await slipInto(server);
  const at = texts.indexOf("STARTTLS");
  expect(texts.slice(at - 1, at + 3)).toEqual([
    "Sending STARTTLS and NOOP in one segment",
    "STARTTLS",
    "NOOP maildoctor",
    "220 2.0.0 Ready",
  ]);
  expect(server.received).toEqual(["EHLO probe.example.org", "STARTTLS", "~MAILDOCTOR", "~QUIT"]);
});

test("an interruption ends it at once", async () => {
  const stop = new AbortController();
  const server = await serveStarttls({ leftover: "discard" });
  const connection = await connectTo(server.port, limits);
  const session = new SmtpSession(connection, limits, stop.signal);
  await session.greeting();
  await session.hello("probe.example.org");
  stop.abort(new Error("aborted"));
  const result = await slipInCommand(session, options, limits, stop.signal);
  expect(result).toMatchObject({ failure: { code: "aborted" } });
});
