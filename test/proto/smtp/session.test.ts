import { expect, onTestFinished, test } from "vitest";
import { defaultLimits, type Limits } from "../../../src/core/context.ts";
import { refusal, SmtpSession } from "../../../src/proto/smtp/session.ts";
import { createDial } from "../../../src/wire/dial.ts";
import { createSecrets } from "../../../src/wire/secrets.ts";
import { ca } from "../../kit/certs.ts";
import { serveText } from "../../kit/dialogue.ts";

interface Opened {
  readonly session: SmtpSession;
  readonly received: readonly string[];
}

async function open(
  script: string,
  changes: Partial<Limits> = {},
  secrets = createSecrets(),
): Promise<Opened> {
  const player = await serveText(script);
  const limits = { ...defaultLimits, greetingMs: 2_000, commandMs: 2_000, quitMs: 300, ...changes };
  const { signal } = new AbortController();
  const dial = createDial({ connectTo: [], limits, secrets });
  const endpoint = { host: "mx.example.com", ip: player.host, port: player.port };
  const result = await dial(endpoint, signal);
  if ("failure" in result) throw new Error(result.failure.message);
  onTestFinished(() => result.connection.destroy());
  return { session: new SmtpSession(result.connection, limits, signal), received: player.received };
}

const greeting = "S: 220 mx.example.com ESMTP\n";
const quit = "C: QUIT\nS: 221 Bye\n* close\n";

test.each([500, 501, 502, 504, 550])("HELO follows EHLO refused with %i", async (code) => {
  const { session } = await open(
    `${greeting}C: EHLO me\nS: ${code} no\nC: HELO me\nS: 250 mx.example.com\n${quit}`,
  );
  await session.greeting();
  expect(await session.hello("me")).toMatchObject({
    verb: "HELO",
    reply: { code: 250, command: "HELO me" },
    ehloReply: { code, command: "EHLO me" },
    extensions: [],
  });
  await session.quit();
});

test.each([
  [451, "rate-limited", false],
  [554, "refused", true],
])("EHLO refused with %i ends in QUIT", async (code, failure, permanent) => {
  const { session, received } = await open(`${greeting}C: EHLO me\nS: ${code} no\n${quit}`);
  await session.greeting();
  expect(await session.hello("me")).toMatchObject({
    failure: { stage: "hello", code: failure, permanent, reply: { code } },
  });
  await session.quit();
  expect(received).toEqual(["EHLO me", "QUIT"]);
});

test("421 ends the session wherever it comes, and later steps say why", async () => {
  const { session, received } = await open(
    `${greeting}C: EHLO me\nS: 250 mx\nC: MAIL FROM:<>\nS: 421 4.7.0 enough\n* close\n`,
  );
  await session.greeting();
  await session.hello("me");
  const mail = await session.mailFrom("");
  expect(mail.failure).toMatchObject({ stage: "envelope", code: "rate-limited", permanent: false });
  expect(await session.rcptTo("a@example.com")).toEqual(mail);
  expect(session.over).toEqual(mail.failure);
  await session.quit();
  expect(received.slice(0, 2)).toEqual(["EHLO me", "MAIL FROM:<>"]);
});

test("a refusal is a reply, and the session goes on", async () => {
  const { session } = await open(
    `${greeting}C: EHLO me\nS: 250 mx\nC: MAIL FROM:<a@example.org>\nS: 550 5.7.1 no\nC: RSET\nS: 250 ok\n${quit}`,
  );
  await session.greeting();
  await session.hello("me");
  expect((await session.mailFrom("a@example.org")).reply).toMatchObject({
    code: 550,
    enhanced: "5.7.1",
    command: "MAIL FROM:<a@example.org>",
  });
  expect((await session.rset()).reply?.code).toBe(250);
  expect(session.timings.map(({ command }) => command)).toEqual([
    "EHLO me",
    "MAIL FROM:<a@example.org>",
    "RSET",
  ]);
  await session.quit();
});

test("a server that speaks before it is asked gets no further command, not even QUIT", async () => {
  const { session, received } = await open('* raw "220 mx\\r\\n250 early\\r\\n"\n* expect-close\n');
  await session.greeting();
  expect(await session.hello("me")).toMatchObject({
    failure: {
      stage: "hello",
      code: "desync",
      message: expect.stringContaining("250 early") as string,
    },
  });
  await session.quit();
  expect(received).toEqual([]);
});

test("a reply that comes too late is not taken for the next one", async () => {
  const { session, received } = await open(`${greeting}C: EHLO me\n* expect-close\n`, {
    commandMs: 60,
  });
  await session.greeting();
  expect(await session.hello("me")).toMatchObject({ failure: { code: "read-timeout" } });
  expect(await session.mailFrom("")).toMatchObject({ failure: { code: "read-timeout" } });
  await session.quit();
  expect(received).toEqual(["EHLO me"]);
});

test("what was heard before TLS is void, and only the second hello counts", async () => {
  const { session } = await open(`@cert healthy-ec
${greeting}C: EHLO me
S: 250-mx
S: 250-XCLIENT NAME
S: 250 STARTTLS
C: STARTTLS
S: 220 go
* starttls
C: EHLO me
S: 250 mx
${quit}`);
  await session.greeting();
  await session.hello("me");
  const host = "mx.example.com";
  const tls = await session.starttls({ host, trust: { name: "ca-file", pem: ca } });
  expect(tls).toMatchObject({ state: "done", facts: { mode: "starttls", trusted: true } });
  expect(await session.hello("me")).toMatchObject({ extensions: [] });
  await session.quit();
});

test("a secret that the server repeats stands in no reply and no transcript", async () => {
  const secrets = createSecrets();
  const { session } = await open(
    `${greeting}C: NOOP canary-Pa55w0rd!\nS: 500 what is canary-Pa55w0rd!\n${quit}`,
    {},
    secrets,
  );
  secrets.add("canary-Pa55w0rd!");
  await session.greeting();
  const answer = await session.command("NOOP canary-Pa55w0rd!", "command");
  expect(answer.reply).toMatchObject({ command: "NOOP [redacted]", lines: ["what is [redacted]"] });
  expect(
    JSON.stringify([answer, session.timings, session.connection.transcript.entries]),
  ).not.toContain("canary");
  await session.quit();
});

test("a command with a line break in it is a bug, and nothing is sent", async () => {
  const { session, received } = await open(`${greeting}${quit}`);
  await session.greeting();
  await expect(session.mailFrom("a>\r\nDATA")).rejects.toThrow("line break");
  await session.quit();
  expect(received).toEqual(["QUIT"]);
});

test("a refusal says in one line what the server said", () => {
  const reply = { code: 550, lines: ["5.7.1 go away", "really"] };
  expect(refusal(reply, "envelope")).toEqual({
    stage: "envelope",
    code: "refused",
    message: 'the server said "550 5.7.1 go away"',
    reply,
    permanent: true,
  });
});
