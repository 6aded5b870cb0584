import { expect, test } from "vitest";
import { createSecrets } from "../../src/wire/secrets.ts";
import { createTranscript } from "../../src/wire/transcript.ts";

test("keeps lines escaped, with their side and their encryption", () => {
  const transcript = createTranscript(10_000, createSecrets());
  transcript.note("=", "Connected");
  transcript.line("S", Buffer.from("220 a\x1b[31m\xff", "latin1"), false);
  transcript.markUnexpected();
  transcript.line("C", Buffer.from("QUIT"), true);
  transcript.note("!", "gone");
  expect(transcript.entries).toMatchObject([
    { from: "=", text: "Connected", encrypted: false },
    { from: "S", text: "220 a\\x1b[31m\\xff", encrypted: false, unexpected: true },
    { from: "C", text: "QUIT", encrypted: true },
    { from: "!", text: "gone" },
  ]);
});

test("holds no secret in either direction", () => {
  const secrets = createSecrets();
  const transcript = createTranscript(10_000, secrets);
  secrets.add("canary-Pa55w0rd!");
  transcript.line("C", Buffer.from("AUTH PLAIN canary-Pa55w0rd!"), true);
  transcript.line("S", Buffer.from(Buffer.from("canary-Pa55w0rd!").toString("hex")), true);
  transcript.note("!", "said canary-Pa55w0rd!");
  expect(transcript.show(Buffer.from("canary-Pa55w0rd!"))).toBe("[redacted]");
  expect(JSON.stringify(transcript.entries)).not.toMatch(/canary|63616e617279/i);
});

test("stops at its limit and says so once", () => {
  const transcript = createTranscript(1_000, createSecrets());
  for (let count = 0; count < 500; count += 1)
    transcript.line("S", Buffer.from("x".repeat(100)), false);
  expect(transcript.entries.length).toBeLessThan(12);
  expect(transcript.entries.at(-1)).toMatchObject({
    from: "=",
    text: "the transcript is cut here",
  });
  expect(JSON.stringify(transcript.entries).length).toBeLessThan(2_000);
});

test("a line is shown with at most 4096 characters", () => {
  const transcript = createTranscript(100_000, createSecrets());
  transcript.line("S", Buffer.alloc(50_000, "x"), false);
  expect(transcript.entries[0]?.text).toHaveLength(4_097);
});
