import { expect, test } from "vitest";
import { UsageError } from "../src/core/errors.ts";
import { parseMailTarget, parseServiceTarget } from "../src/core/target.ts";
import { createSecrets } from "../src/wire/secrets.ts";
import { createTranscript } from "../src/wire/transcript.ts";
import { runCli } from "./kit/cli.ts";

const canary = "canary-Pa55w0rd!";
const utf8 = Buffer.from(canary);

/** The shapes in which a server may throw a password back. */
const encodings: readonly (readonly [name: string, text: string])[] = [
  ["plain", canary],
  ["base64", utf8.toString("base64")],
  ["base64 of SASL PLAIN", Buffer.from(`\0user\0${canary}`).toString("base64")],
  ["base64url", utf8.toString("base64url")],
  ["hex", utf8.toString("hex")],
  ["upper-case hex", utf8.toString("hex").toUpperCase()],
  ["percent", encodeURIComponent(canary)],
  ["reversed", [...canary].toReversed().join("")],
];

test.each(encodings)(
  "a password that comes back %s does not reach the transcript",
  (_name, text) => {
    const secrets = createSecrets();
    secrets.add(canary);
    const transcript = createTranscript(10_000, secrets);
    transcript.line("S", Buffer.from(`535 5.7.8 no user with password ${text} here`), true);
    const kept = JSON.stringify(transcript.entries);
    expect(kept).not.toContain(text);
    expect(kept).toContain("535 5.7.8");
  },
);

test.each([
  `smtp://user:${canary}@mx.example.com`,
  `//user:${canary}@mx.example.com`,
  `user:${canary}@mx.example.com`,
])("%s is refused and the password not repeated", (input) => {
  for (const parse of [parseMailTarget, parseServiceTarget]) {
    try {
      parse(input);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      expect((error as Error).message).not.toContain(canary);
    }
  }
});

test.each(["check", "smtp", "mx", "demo"])(
  "%s repeats no password on any stream",
  async (command) => {
    const result = await runCli([command, `smtp://user:${canary}@mx.example.com`]);
    expect(result.code).toBe(2);
    expect(result.stdout + result.stderr).not.toContain(canary);
  },
);
