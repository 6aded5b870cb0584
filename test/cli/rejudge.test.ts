import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../../src/core/report.ts";
import { runCli } from "../kit/cli.ts";

const file = join(import.meta.dirname, "../../fixtures/cases/recorded/expired-cert.json");

test("every domain of the demo is judged again to the same findings, byte for byte", async () => {
  const seen = await runCli(["demo", "--format", "ndjson"]);
  const again = await runCli(["rejudge", "-", "--format", "ndjson"], { input: seen.stdout });
  expect(again.stderr).toBe("");
  const findings = ({ stdout }: { stdout: string }): string[] =>
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.stringify((JSON.parse(line) as Report).findings));
  expect(findings(again)).toEqual(findings(seen));
  expect(findings(seen).length).toBeGreaterThan(10);
}, 30_000);

test("a case is drawn for people, and its own rules give the exit code", async () => {
  const { code, stdout, stderr } = await runCli(["rejudge", file]);
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^Mail to expired-cert\.example arrives, but .* expired certificate\n/);
  expect(code).toBe(0);
  expect((await runCli(["rejudge", file, "--fail-on", "warning"])).code).toBe(1);
});

test("the selection and the time can be others", async () => {
  const only = await runCli(["rejudge", file, "--only", "mx", "--format", "json"]);
  const { findings } = JSON.parse(only.stdout) as Report;
  expect(findings.filter(({ verdict }) => verdict === "problem")).toEqual([]);
  const before = await runCli(["rejudge", file, "--now", "2024-02-01"]);
  expect(before.stdout).not.toContain("expired on");
});

test.each([
  [["rejudge"], /argument/],
  [["rejudge", "/does/not/exist.json"], /cannot read/],
  [["rejudge", file, "--now", "soon"], /--now/],
  [["rejudge", file, "--only", "nonsense"], /nonsense/],
])("%j is refused in one line", async (args, line) => {
  const { code, stdout, stderr } = await runCli(args);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("a case on standard input may hold hostile text, and none of it reaches the terminal raw", async () => {
  const hostile = readFileSync(file, "utf8").replaceAll(
    "mail.expired-cert.example",
    "mail\\u001b[31m.example",
  );
  const { stdout } = await runCli(["rejudge", "-", "-v"], { input: hostile });
  expect(stdout).not.toContain("\u001b");
});
