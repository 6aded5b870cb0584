import { describe, expect, test } from "vitest";
import type { Failure } from "../../src/core/failure.ts";
import type { Fact } from "../../src/core/fact.ts";
import type { SmtpEnvelopeData, SmtpHelloData } from "../../src/probes/kinds.ts";
import {
  smtpSession,
  type SmtpObservations,
  type SmtpSubject,
} from "../../src/probes/smtp-session.ts";
import { serveDialogue, serveText } from "../kit/dialogue.ts";
import { serve } from "../wire/server.ts";
import { createTestContext } from "./smtp-context.ts";

type Changes = Parameters<typeof createTestContext>[0];

async function run(
  name: string,
  more: Partial<SmtpSubject> = {},
  changes: Changes = {},
): Promise<SmtpObservations & { hello: { data: SmtpHelloData | null }; connections: number }> {
  const player = await serveDialogue(`smtp/${name}`);
  const { ctx } = createTestContext(changes);
  const subject = { host: "mx.example.com", ip: player.host, port: player.port };
  const result = await smtpSession({ ...subject, domain: "example.com", ...more }, ctx, []);
  return { ...result, connections: player.connections };
}

const causeOf = (fact: Fact<unknown> | undefined): Failure | string | undefined =>
  fact === undefined || fact.known ? undefined : (fact.cause.failure ?? fact.cause.skipped);

const envelopeFacts = ["nullSender", "postmaster", "unknownRecipient", "relay"] as const;

function expectEnvelopeUnknown(data: SmtpEnvelopeData | null | undefined, code: string): void {
  for (const name of envelopeFacts) expect(causeOf(data?.[name])).toMatchObject({ code });
}

describe("healthy servers", () => {
  test.each([
    "healthy-starttls",
    "multi-line-greeting",
    "slow-reply",
    "certificate-intermediate",
    "certificate-wildcard",
  ])("%s: TLS is trusted and every question is answered", async (name) => {
    const { hello, envelope, connections } = await run(name);
    expect(hello).toMatchObject({ outcome: "ok", data: { oddities: [], masked: [] } });
    expect(hello.data?.tls).toMatchObject({ value: { trusted: true } });
    expect(envelope?.outcome).toBe("ok");
    expect(envelope?.data).toMatchObject({
      nullSender: { value: { code: 250 } },
      postmaster: { value: { code: 250 } },
      unknownRecipient: { value: { reply: { code: 550 } } },
      relay: { value: { decidedAt: "rcpt", reply: { code: 554 } } },
    });
    expect(connections).toBe(1);
  });

  test("a greeting of several lines is waited for whole", async () => {
    const { hello } = await run("multi-line-greeting");
    expect(hello.data?.greeting).toMatchObject({ value: { code: 220, lines: { length: 4 } } });
    expect(hello.data?.greetingName).toEqual({ known: true, value: "mx.example.com" });
  });

  test("a session without a domain ends after the handshake with QUIT", async () => {
    const player = await serveDialogue("smtp/healthy-handshake");
    const { ctx, recorded } = createTestContext();
    const subject = { host: "mx.example.com", ip: player.host, port: player.port };
    const { hello, envelope } = await smtpSession(subject, ctx, []);
    expect(hello.outcome).toBe("ok");
    expect(envelope).toBeUndefined();
    expect(recorded).toHaveLength(1);
    expect(player.received.at(-1)).toBe("QUIT");
  });

  test("the envelope that the user switched off is skipped as not requested", async () => {
    const { hello, envelope } = await run("healthy-handshake", {}, { envelope: false });
    expect(hello.outcome).toBe("ok");
    expect(envelope).toMatchObject({ outcome: "skipped", skipReason: "not-requested", data: null });
  });
});

describe("servers with a fault that does not end the session", () => {
  test("without STARTTLS the envelope is asked in clear", async () => {
    const { hello, envelope } = await run("no-starttls");
    expect(hello).toMatchObject({
      outcome: "ok",
      data: {
        starttls: { value: { state: "not-offered" } },
        tls: { cause: { skipped: "not-applicable" } },
        extensionsAfterTls: { cause: { skipped: "not-applicable" } },
      },
    });
    expect(envelope?.data?.relay).toMatchObject({ value: { reply: { code: 554 } } });
  });

  test("HELO takes over where EHLO is not implemented", async () => {
    const { hello, envelope } = await run("helo-only");
    expect(hello.data).toMatchObject({
      hello: { value: { verb: "HELO", ehloReply: { code: expect.any(Number) as number } } },
      extensions: { value: [] },
      starttls: { value: { state: "not-offered" } },
    });
    expect(envelope?.data?.postmaster.known).toBe(true);
  });

  test("a filter that masks the dialogue is recognised", async () => {
    const { hello } = await run("banner-masked");
    expect(hello.data?.masked).toEqual([
      "greeting of asterisks",
      "keyword XXXXXXXA",
      "keyword XXXXXXXXXXXXXXXXXXXB",
    ]);
  });

  test("bare LF and control characters are oddities, and escaped", async () => {
    expect((await run("bare-lf")).hello.data?.oddities).toContain("bare LF");
    const { hello } = await run("control-characters");
    expect(hello.data?.oddities).toContain("control characters");
    expect(JSON.stringify(hello)).not.toMatch(/[\x1b\x07\u202e]/);
    expect(JSON.stringify(hello.transcript)).toContain("x1b[31mred");
  });

  test("STARTTLS refused: the session goes on in clear", async () => {
    const { hello, envelope } = await run("starttls-refused-454");
    expect(hello.outcome).toBe("ok");
    expect(hello.data?.starttls).toMatchObject({
      value: { state: "refused", reply: { code: 454 } },
    });
    expect(causeOf(hello.data?.tls)).toMatchObject({ code: "starttls-refused", permanent: false });
    expect(envelope?.data?.nullSender.known).toBe(true);
  });

  test("greylisting is a reply like any other", async () => {
    const { envelope } = await run("greylisting");
    expect(envelope?.outcome).toBe("ok");
    expect(envelope?.data?.postmaster).toMatchObject({ value: { code: 450 } });
  });

  test("an open relay is seen", async () => {
    const { envelope } = await run("open-relay");
    expect(envelope?.data?.relay).toMatchObject({
      value: { decidedAt: "rcpt", reply: { code: 250 } },
    });
  });

  test("with the null sender refused nothing is known of the recipients, but of relaying", async () => {
    const { envelope } = await run("null-sender-refused");
    expect(envelope?.data?.nullSender).toMatchObject({ value: { code: 550 } });
    expect(causeOf(envelope?.data?.postmaster)).toMatchObject({
      code: "refused",
      stage: "envelope",
    });
    expect(envelope?.data?.relay).toMatchObject({ value: { reply: { code: 554 } } });
  });

  test.each([
    ["certificate-expired", { trusted: false, trustError: "CERT_HAS_EXPIRED" }],
    ["certificate-not-yet-valid", { trusted: false, trustError: "CERT_NOT_YET_VALID" }],
    ["certificate-self-signed", { trusted: false, trustError: "DEPTH_ZERO_SELF_SIGNED_CERT" }],
    [
      "certificate-missing-intermediate",
      { trusted: false, trustError: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
    ],
    ["certificate-wrong-name", { trusted: true, nameMatch: "none" }],
    ["certificate-wildcard", { trusted: true, nameMatch: "wildcard" }],
    ["certificate-weak-key", { chain: [{ keyType: "rsa", keyBits: 1024 }] }],
    ["certificate-sha1", { chain: [{ signatureAlgorithm: "sha1WithRSAEncryption" }] }],
  ])("%s: TLS completes and the defect is recorded", async (name, facts) => {
    const { hello } = await run(name);
    expect(hello.outcome).toBe("ok");
    expect(hello.data?.tls).toMatchObject({ known: true, value: facts });
  });
});

test("a server that knows nothing newer than TLS 1.1 is seen all the same", async () => {
  const { hello } = await run("tls-1.1-only", {}, { envelope: false });
  expect(hello).toMatchObject({ outcome: "ok", data: { tls: { value: { version: "TLSv1.1" } } } });
});

describe("sessions that end early", () => {
  const greetingMs = 150;

  test.each([
    ["greeting-421", "greeting", "rate-limited"],
    ["greeting-421-stays", "greeting", "rate-limited"],
    ["greeting-554", "greeting", "refused"],
    ["421-after-ehlo", "hello", "rate-limited"],
    ["closed-before-greeting", "greeting", "closed-early"],
    ["reset-after-ehlo", "hello", "connect-reset"],
    ["ehlo-not-implemented", "hello", "refused"],
    ["endless-greeting", "greeting", "too-large"],
    ["long-line", "greeting", "line-too-long"],
    ["mixed-codes", "hello", "bad-reply"],
    ["http-first", "greeting", "wrong-protocol"],
    ["imap-server", "greeting", "wrong-protocol"],
    ["ssh-server", "greeting", "wrong-protocol"],
  ])("%s: fails at %s with %s", async (name, stage, code) => {
    const { hello, envelope, connections } = await run(name);
    expect(hello).toMatchObject({ outcome: "failed", failure: { stage, code } });
    expect(hello.data?.connected).toEqual({ known: true, value: true });
    expect(causeOf(hello.data?.extensions)).toEqual(hello.failure);
    expect(causeOf(hello.data?.tls)).toEqual(hello.failure);
    expect(envelope).toMatchObject({
      outcome: "skipped",
      skipReason: "depends-on",
      dependsOn: [hello.id],
      data: null,
    });
    expect(connections).toBe(1);
  });

  test("a reset at the start is named as such, at whichever stage it is noticed", async () => {
    const { hello } = await run("reset-before-greeting");
    expect(hello.failure?.code).toBe("connect-reset");
    expect(hello.failure?.stage).toMatch(/^(connect|greeting)$/);
  });

  test("a refusing greeting is kept with its reply, without a name", async () => {
    const { hello } = await run("greeting-554");
    expect(hello.data?.greeting).toMatchObject({ known: true, value: { code: 554 } });
    expect(hello.data?.greetingName.known).toBe(false);
    expect(hello.failure).toMatchObject({ permanent: true, reply: { code: 554 } });
  });

  test.each([
    ["http-first", "http"],
    ["imap-server", "imap"],
    ["ssh-server", "ssh"],
  ])("%s: heard %s", async (name, heard) => {
    expect((await run(name)).hello.data?.heard).toBe(heard);
  });

  test("silence is told from a server that waits for TLS", async () => {
    const limits = { greetingMs, tlsMs: 300 };
    const silent = await run("silent", {}, { limits });
    expect(silent.hello.data?.heard).toBe("silence");
    expect(silent.hello.failure).toMatchObject({ stage: "greeting", code: "read-timeout" });
    const tls = await run("tls-from-the-start", {}, { limits: { greetingMs } });
    expect(tls.hello.data?.heard).toBe("tls");
    expect(tls.hello.failure).toMatchObject({ stage: "greeting", code: "wrong-protocol" });
  });

  test("a server that answers our silence-breaker in HTTP is a web server", async () => {
    const port = await serve((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    });
    const { ctx } = createTestContext({ limits: { greetingMs } });
    const { hello } = await smtpSession({ host: "mx.example.com", ip: "127.0.0.1", port }, ctx, []);
    expect(hello.data?.heard).toBe("http");
    expect(hello.failure).toMatchObject({ stage: "greeting", code: "wrong-protocol" });
  });

  test("a greeting that comes too late is no other protocol, and hanging up is no silence", async () => {
    const port = await serve((socket) => {
      socket.once("data", () => socket.write("220 mx.example.com ESMTP\r\n"));
    });
    const { ctx } = createTestContext({ limits: { greetingMs } });
    const { hello } = await smtpSession({ host: "mx.example.com", ip: "127.0.0.1", port }, ctx, []);
    expect(hello.data?.heard).toBe("silence");
    expect(hello.failure?.code).toBe("read-timeout");
    expect((await run("closed-before-greeting")).hello.data?.heard).toBeUndefined();
  });

  test("a reply that never ends is cut at its absolute deadline", async () => {
    const limits = { commandMs: 150, greetingMs };
    const { hello } = await run("endless-trickle", {}, { limits });
    expect(hello.failure?.code).toBe("too-slow");
    expect(hello.durationMs).toBeLessThan(1_500);
    const silent = await run("silent-after-ehlo", {}, { limits: { commandMs: 150 } });
    expect(silent.hello.failure).toMatchObject({ stage: "hello", code: "read-timeout" });
  });

  test.each([
    ["starttls-injection", "early-plaintext"],
    ["starttls-then-close", "closed-early"],
    ["starttls-then-garbage", "wrong-protocol"],
    ["starttls-then-stall", "read-timeout"],
  ])("%s: STARTTLS is broken, and the envelope unknown for %s", async (name, code) => {
    const { hello, envelope, connections } = await run(name, {}, { limits: { tlsMs: 200 } });
    expect(hello).toMatchObject({ outcome: "failed", failure: { code } });
    expect(hello.data?.starttls).toMatchObject({ value: { state: "broken", failure: { code } } });
    expect(hello.data?.hello.known).toBe(true);
    expect(causeOf(hello.data?.tls)).toMatchObject({ code });
    expect(envelope).toMatchObject({ outcome: "failed", failure: { code } });
    expectEnvelopeUnknown(envelope?.data, code);
    expect(connections).toBe(1);
  });

  test("a server that is a reply ahead is out of step, and nothing it says afterwards counts", async () => {
    const { envelope } = await run("unsolicited-reply");
    expect(envelope).toMatchObject({ outcome: "failed", failure: { code: "desync" } });
    expectEnvelopeUnknown(envelope?.data, "desync");
  });
});

describe("ports with implicit TLS", () => {
  const host = "mx1.example.com";

  async function implicit(script: string, changes: Changes = {}): Promise<SmtpObservations> {
    const player = await serveText(script);
    const { ctx } = createTestContext(changes);
    const subject = { host, ip: player.host, port: player.port, security: "implicit" as const };
    return await smtpSession(subject, ctx, []);
  }

  test("TLS comes first, and there is no STARTTLS to ask for", async () => {
    const { hello } = await implicit(`@cert healthy-ec
@tls implicit
S: 220 mx1.example.com ESMTP
C: EHLO {name}
S: 250-mx1.example.com
S: 250 AUTH PLAIN
C: QUIT
S: 221 Bye
* close
`);
    expect(hello).toMatchObject({
      outcome: "ok",
      data: {
        tls: { value: { mode: "implicit", trusted: true } },
        starttls: { cause: { skipped: "not-applicable" } },
        extensionsAfterTls: { value: [{ keyword: "AUTH" }] },
      },
    });
    expect(hello.transcript?.filter(({ from }) => from === "S").every((e) => e.encrypted)).toBe(
      true,
    );
  });

  test.each([
    ["220 mx1.example.com ESMTP", "smtp"],
    ["* OK ready", "imap"],
    ["+OK ready", "pop3"],
    ["SSH-2.0-OpenSSH_9.2", "ssh"],
    ["220 (vsFTPd 3.0.3)", "ftp"],
  ])("plain text is named: %s is %s", async (line, heard) => {
    const { hello } = await implicit(`S: ${line}\n* stall\n`);
    expect(hello.data?.heard).toBe(heard);
    expect(hello.failure).toMatchObject({ stage: "tls", code: "wrong-protocol" });
  });

  test("silence during the handshake is no other protocol", async () => {
    const { hello } = await implicit("* stall\n", { limits: { tlsMs: 150 } });
    expect(hello.data?.heard).toBe("silence");
    expect(hello.failure).toMatchObject({ stage: "tls", code: "read-timeout" });
  });
});

test("the time limit of the run leaves what was learnt until then", async () => {
  const controller = new AbortController();
  const player = await serveDialogue("smtp/silent-after-ehlo");
  const { ctx } = createTestContext({ signal: controller.signal });
  const subject = { host: "mx.example.com", ip: player.host, port: player.port };
  const running = smtpSession({ ...subject, domain: "example.com" }, ctx, []);
  while (player.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  controller.abort(new Error("deadline"));
  const { hello, envelope } = await running;
  expect(hello).toMatchObject({
    outcome: "failed",
    failure: { stage: "hello", code: "deadline" },
    data: { greeting: { known: true } },
  });
  expect(envelope?.skipReason).toBe("depends-on");
});

test("a run that has ended dials nobody", async () => {
  const signal = AbortSignal.abort(new Error("aborted"));
  const { ctx } = createTestContext({ signal });
  const subject = { host: "mx.example.com", ip: "192.0.2.1", port: 25 };
  const { hello } = await smtpSession(subject, ctx, []);
  expect(hello.failure).toMatchObject({ stage: "connect", code: "aborted" });
});

test("a port that nobody listens on refuses", async () => {
  const player = await serveText("@connections 0\n* close\n");
  await player.close();
  const { ctx } = createTestContext();
  const subject = { host: "mx.example.com", ip: player.host, port: player.port };
  const { hello } = await smtpSession(subject, ctx, []);
  expect(hello.failure).toMatchObject({
    code: "connect-refused",
    errno: "ECONNREFUSED",
    message: `connection to 127.0.0.1:${player.port} refused`,
  });
  expect(causeOf(hello.data?.connected)).toEqual(hello.failure);
});

test("the session stays within its count of refused commands", async () => {
  const player = await serveText(`S: 220 mx.example.com ESMTP
C: EHLO {name}
S: 250 mx.example.com
C: MAIL FROM:<>
S: 250 Ok
C~ RCPT TO:<postmaster@.*>
S: 550 No
C~ RCPT TO:.*
S: 550 No
C: QUIT
S: 221 Bye
* close
`);
  const { ctx } = createTestContext({ limits: { rejectedCommands: 2 } });
  const subject = { host: "mx.example.com", ip: player.host, port: player.port };
  const { envelope } = await smtpSession({ ...subject, domain: "example.com" }, ctx, []);
  expect(envelope?.failure?.code).toBe("over-limit");
  expect(envelope?.data?.unknownRecipient.known).toBe(true);
  expect(causeOf(envelope?.data?.relay)).toMatchObject({ code: "over-limit" });
});

test("a reply too many at the end voids the envelope", async () => {
  const player = await serveText(`S: 220 mx.example.com ESMTP
C: EHLO {name}
S: 250 mx.example.com
C: MAIL FROM:<>
S: 250 Ok
C~ RCPT TO:<postmaster@.*>
S: 250 Ok
C~ RCPT TO:.*
S: 550 No
C: RSET
S: 250 Ok
C~ MAIL FROM:.*
S: 250 Ok
C~ RCPT TO:.*
S: 250 Ok
C: RSET
S: 250 Ok
C: QUIT
S: 250 late
S: 221 Bye
* close
`);
  const { ctx } = createTestContext();
  const subject = { host: "mx.example.com", ip: player.host, port: player.port };
  const { envelope } = await smtpSession({ ...subject, domain: "example.com" }, ctx, []);
  expectEnvelopeUnknown(envelope?.data, "desync");
});

test("the relay control never names the domain that is asked about", async () => {
  const player = await serveDialogue("smtp/healthy-starttls");
  const { ctx } = createTestContext();
  const subject = { host: "mx.example.com", ip: player.host, port: player.port };
  const { envelope } = await smtpSession({ ...subject, domain: "example.net" }, ctx, []);
  expect(envelope?.data?.relay).toMatchObject({
    value: { recipient: "maildoctor-probe@example.org" },
  });
});

test.each([
  ["private use", "192.0.2.1", true],
  ["public", "192.0.2.1", false],
])("a server on a network that is %s may know us: %s", async (scope, ip, own) => {
  const player = await serveDialogue("smtp/healthy-handshake");
  const connectTo = [{ toIp: player.host, toPort: player.port }];
  const { ctx } = createTestContext({ scope, connectTo });
  const { hello } = await smtpSession({ host: "mx.example.com", ip, port: 25 }, ctx, []);
  expect(hello.id).toBe("smtp-hello:mx.example.com:192.0.2.1:25");
  expect(hello.data?.ownNetwork).toBe(own);
});
