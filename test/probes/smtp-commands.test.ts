import { describe, expect, test } from "vitest";
import type { Observation } from "../../src/core/observation.ts";
import { smtpCommands, type CommandsSubject } from "../../src/probes/smtp-commands.ts";
import { serveStarttls, type StarttlsServer } from "../kit/starttls-server.ts";
import { serve } from "../wire/server.ts";
import { createTestContext } from "./smtp-context.ts";

const host = "mx.example.com";
const anonymous = {
  ciphers: "ALL:aNULL@SECLEVEL=0",
  maxVersion: "TLSv1.2",
} as const;

async function visit(
  server: Pick<StarttlsServer, "port">,
  more: Partial<CommandsSubject> = {},
  changes: Parameters<typeof createTestContext>[0] = {},
): Promise<{ recorded: Observation[]; data: Record<string, unknown>; last: Observation }> {
  const { ctx, recorded } = createTestContext({
    ...changes,
    limits: { commandMs: 400, ...changes.limits },
  });
  const place = { host, ip: "127.0.0.1", port: server.port, security: "starttls" } as const;
  const subject = { ...place, ending: "anonymous", ...more } as const;
  const commands = await smtpCommands(subject, ctx, ["smtp-hello:x"]);
  expect(recorded[0]).toBe(commands);
  const last = recorded.at(-1) as Observation;
  return { recorded, data: commands.data as unknown as Record<string, unknown>, last };
}

describe("the commands", () => {
  test("are asked in one session, each with its reply", async () => {
    const server = await serveStarttls();
    const { data, recorded } = await visit(server, { ending: "in-clear" });
    expect(data).toMatchObject({
      vrfyPostmaster: { value: { code: 252, command: "VRFY postmaster" } },
      vrfyUnknown: { value: { reply: { code: 252 } } },
      expnPostmaster: { value: { code: 502 } },
      unknownVerb: { value: { code: 500 } },
      help: { value: { code: 214 } },
    });
    expect(server.received).toEqual([
      "EHLO probe.example.org",
      "VRFY postmaster",
      expect.stringMatching(/^VRFY maildoctor-[a-z]{8}$/),
      "EXPN postmaster",
      "MAILDOCTOR",
      "HELP",
      "QUIT",
    ]);
    expect(recorded).toMatchObject([
      { kind: "smtp-commands", outcome: "ok", dependsOn: ["smtp-hello:x"] },
    ]);
    expect(recorded[0]?.timings.commands).toHaveLength(7);
    expect(server.connections).toBe(1);
  });

  test("are asked under TLS on a port where TLS comes first", async () => {
    const server = await serveStarttls({ implicit: true });
    const { data } = await visit(server, { security: "implicit", ending: "in-clear" });
    expect(data).toMatchObject({ help: { value: { code: 214 } } });
    expect(server.received.every((line) => line.startsWith("~"))).toBe(true);
  });

  test("end with the one that is not answered, and those before it are known", async () => {
    const server = await serveStarttls({ replies: { EXPN: "" } });
    const { data, recorded } = await visit(server);
    expect(data).toMatchObject({
      vrfyPostmaster: { known: true },
      expnPostmaster: { known: false, cause: { failure: { code: "read-timeout" } } },
      help: { known: false, cause: { failure: { code: "read-timeout" } } },
    });
    expect(recorded).toMatchObject([
      { kind: "smtp-commands", outcome: "failed" },
      { kind: "tls-anonymous", outcome: "failed", data: { trial: { known: false } } },
    ]);
    expect(server.received).not.toContain("STARTTLS");
  });

  test("end with 421", async () => {
    const server = await serveStarttls({ replies: { VRFY: "421 4.7.0 Too many errors" } });
    const { recorded } = await visit(server, { ending: "injection" });
    expect(recorded).toMatchObject([
      { kind: "smtp-commands", failure: { code: "rate-limited" } },
      { kind: "command-injection", failure: { code: "rate-limited" } },
    ]);
  });
});

test("a server that refuses the connection leaves everything unknown, with the cause", async () => {
  const { recorded } = await visit({ port: 1 });
  expect(recorded).toMatchObject([
    {
      kind: "smtp-commands",
      failure: { code: "connect-refused" },
      data: { vrfyPostmaster: { known: false } },
      transcript: [{ from: "=" }, { from: "!" }],
    },
    { kind: "tls-anonymous", failure: { code: "connect-refused" } },
  ]);
});

test("a server that stalls is left after the time for a greeting", async () => {
  const port = await serve(() => undefined);
  const { recorded } = await visit({ port }, {}, { limits: { greetingMs: 100, tlsMs: 100 } });
  expect(recorded).toMatchObject([
    { failure: { stage: "greeting", code: "read-timeout" } },
    { failure: { stage: "greeting" } },
  ]);
});

describe("the anonymous key exchange", () => {
  test("is agreed on by a server that has it", async () => {
    const server = await serveStarttls({ tls: anonymous });
    const { last, recorded } = await visit(server);
    expect(last).toMatchObject({
      kind: "tls-anonymous",
      outcome: "ok",
      dependsOn: [recorded[0]?.id],
      data: {
        trial: {
          value: {
            accepted: true,
            version: "TLSv1.2",
            cipher: expect.stringMatching(/_anon_/) as string,
          },
        },
      },
    });
    expect(server.received.at(-1)).toBe("~QUIT");
    expect(recorded[0]?.transcript?.at(-1)?.text).toBe("214 2.0.0 See the manual");
    expect(last.transcript?.map(({ text }) => text)[0]).toBe("STARTTLS");
    expect(server.connections).toBe(1);
  });

  test("is refused by others, TLS 1.3 alone among them", async () => {
    for (const tls of [{}, { minVersion: "TLSv1.3" } as const]) {
      const { last } = await visit(await serveStarttls({ tls }));
      expect(last).toMatchObject({
        outcome: "ok",
        data: { trial: { known: true, value: { accepted: false } } },
      });
    }
  });
});

test("a command that is slipped in is recorded with what became of it", async () => {
  const server = await serveStarttls({ leftover: "answer" });
  const { last } = await visit(server, { ending: "injection" });
  expect(last).toMatchObject({
    kind: "command-injection",
    outcome: "ok",
    data: { outcome: { value: { state: "answered", reply: { code: 250 } } } },
  });
  expect(last.transcript?.find(({ unexpected }) => unexpected)).toMatchObject({
    text: "250 2.0.0 Ok",
    encrypted: true,
  });
  expect(server.connections).toBe(1);
});
