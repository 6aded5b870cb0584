import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseDialogue } from "../../src/demo/dialogue-parser.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

const problemsOf = (text: string) => parseDialogue(text).problems ?? [];
const dialogueOf = (text: string) => {
  const { dialogue, problems } = parseDialogue(text);
  if (problems) throw new Error(JSON.stringify(problems));
  return dialogue;
};

test("reads headers, steps with their lines, and one script for each connection", () => {
  const dialogue = dialogueOf(
    [
      "# A comment",
      "@protocol imap",
      "@cert healthy-ec",
      "@tls implicit",
      "@tls-max 1.2",
      "@connections 3",
      "",
      "S: * OK ready",
      "C: {tag} NOOP",
      "* close",
      "---",
      "* reset",
    ].join("\r\n"),
  );
  expect(dialogue).toMatchObject({
    protocol: "imap",
    cert: "healthy-ec",
    implicitTls: true,
    maxTlsVersion: "TLSv1.2",
    connections: 3,
  });
  expect(dialogue.scripts.map((script) => script.map(({ kind, line }) => [kind, line]))).toEqual([
    [
      ["send", 8],
      ["expect", 9],
      ["close", 10],
    ],
    [["reset", 12]],
  ]);
});

test("expects one connection for each script unless a header says otherwise", () => {
  expect(dialogueOf("S: a\n---\nS: b").connections).toBe(2);
  expect(dialogueOf("@connections any\nS: a").connections).toBe("any");
});

test.each([
  ["EHLO {name}", "EHLO mx.example.com", ["mx.example.com"]],
  ["EHLO {name}", "EHLO ", undefined],
  ["EHLO {name}", "ehlo mx.example.com", undefined],
  ["RCPT TO:<{local}@{domain}>", "RCPT TO:<postmaster@example.com>", ["postmaster", "example.com"]],
  ["AUTH PLAIN {base64}", "AUTH PLAIN AGpvZQBjYW5hcnk=", []],
  ["AUTH PLAIN {base64}", "AUTH PLAIN not base64!", undefined],
  ["{any}", "", []],
  ["a.b (c) [d] {12} $1", "a.b (c) [d] {12} $1", []],
  ["a.b", "axb", undefined],
])("matches the line that C: %s stands for", (written, line, captures) => {
  const step = dialogueOf(`C: ${written}`).scripts[0]?.[0];
  const found = step?.kind === "expect" ? step.pattern.exec(line) : null;
  expect(found?.slice(1)).toEqual(captures);
});

test("takes C~ as a regular expression for the whole line", () => {
  const step = dialogueOf("C~ (HELO|EHLO) \\S+").scripts[0]?.[0];
  if (step?.kind !== "expect") throw new Error("no expectation");
  expect(step.pattern.test("HELO example.com")).toBe(true);
  expect(step.pattern.test("HELO example.com ")).toBe(false);
});

test("decodes the escapes of raw bytes", () => {
  const step = dialogueOf(String.raw`* raw "\x00\xFF\r\n\t\"\\é"`).scripts[0]?.[0];
  expect(step?.kind === "raw" && Buffer.from(step.bytes).toString("hex")).toBe(
    "00ff0d0a09225cc3a9",
  );
});

test.each([
  ["nonsense", "not a step: nonsense"],
  ["s: 220", "not a step: s: 220"],
  ["C~ (", "bad regular expression"],
  ["* dance", "unknown act: dance"],
  ["* wait 20", "wait takes a time"],
  ["* trickle", "trickle takes a rate"],
  ["* trickle 0 bytes / 5ms", "trickle takes a rate"],
  ["* raw 220", "raw takes a text in quotes"],
  ['* raw "\\q"', "raw takes a text in quotes"],
  ["* close now", "close takes no argument"],
  ["* starttls", "TLS needs a header @cert"],
  ['* inject "x"\n* close', "inject stands right before * starttls"],
  ["@color red", "unknown header @color"],
  ["@constructor red", "unknown header @constructor"],
  ["@connections many", "bad value for @connections: many"],
  ["S: a\n@protocol smtp", "headers stand before the first step"],
])("reports %j", (text, message) => {
  expect(problemsOf(text).map((problem) => problem.message)).toContainEqual(
    expect.stringContaining(message),
  );
});

test("gives the line of every problem", () => {
  expect(problemsOf("S: a\nbad\n\n* worse").map((problem) => problem.line)).toEqual([2, 4]);
});

test("returns a dialogue or problems for any text, and never throws", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom("S: ", "C: {x}", "C~ ", "* raw ", "---", "@cert a", "* starttls", "C? a"),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const result = parseDialogue(lines.join("\n"));
      expect(result.problems === undefined).toBe(result.dialogue !== undefined);
    }),
  );
});
