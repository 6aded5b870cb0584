import { expect, test } from "vitest";
import { termLines, termListLines } from "../../src/cli/commands/explain-term.ts";
import { enhancedDetails, replyCodes } from "../../src/knowledge/smtp-codes.ts";
import { extensionKeywords } from "../../src/knowledge/smtp-extensions.ts";
import { runCli } from "../kit/cli.ts";

const textOf = (topic: string): string =>
  (termLines(topic) ?? []).map(({ label = "", text }) => label + text).join("\n");

test("every reply code, enhanced status code and extension is explained and listed", () => {
  const listed = new Set(termListLines().map(({ label }) => label?.trim()));
  for (const topic of [...replyCodes.map(String), ...extensionKeywords]) {
    expect(textOf(topic)).toMatch(/Defined by: \S/);
    expect(listed).toContain(topic);
  }
  for (const detail of enhancedDetails) {
    expect(textOf(`5.${detail}`)).not.toContain("not in the registry");
    expect(listed).toContain(`x.${detail}`);
  }
});

test.each([
  ["550", /no such mailbox[\s\S]*return the mail/],
  ["450", /try again, for days/],
  ["299", /accepted/],
  ["5.7.1", /relaying denied/],
  ["4.99.99", /not in the registry.*\n.*may pass/s],
  ["starttls", /^STARTTLS {2}encryption\nThe connection/],
  ["SIZE 52428800", /50 MiB/],
])("%s is explained", (topic, text) => {
  expect(textOf(topic)).toMatch(text);
});

test.each(["", "55", "5500", "650", "1.1.1", "NOSUCHVERB", "mx/alias-target"])(
  "%j is no such term",
  (topic) => {
    expect(termLines(topic)).toBeUndefined();
  },
);

test("several topics are explained one after the other, and a wrong one is one line", async () => {
  const both = await runCli(["explain", "550", "mx/alias-target"]);
  expect(both.code).toBe(0);
  expect(both.stdout).toMatch(/^550 {2}[\s\S]*\n\nmx\/alias-target {2}/);
  const wrong = await runCli(["explain", "550", "nonsense"]);
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  expect(wrong.stderr).toMatch(
    /^maildoctor: there is no check, reply code or extension "nonsense"[^\n]*\n$/,
  );
});
