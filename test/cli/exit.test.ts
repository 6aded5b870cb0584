import { expect, test } from "vitest";
import type { Severity } from "../../src/core/finding.ts";
import type { Ending } from "../../src/core/report.ts";
import { exitCodeOf, worstExitCode } from "../../src/cli/exit.ts";
import { finding, problem } from "../kit/cases.ts";

const at = { host: "mx1.example.com" };
const bad = (severity: Severity) => problem("mx/missing", "none", severity, at, "It is missing.");
const good = finding("mx/missing", "pass", at);
const unsure = finding("mx/missing", "inconclusive", at);
const minor = { ...unsure, atStake: "warning" } as const;
const off = finding("mx/missing", "not-applicable", at);

const table: readonly [
  title: string,
  findings: readonly (typeof good)[],
  ended: Ending,
  failOn: Severity,
  inconclusive: "fail" | "ignore",
  code: number,
][] = [
  ["nothing at all", [], "complete", "error", "fail", 0],
  ["only passes", [good, off], "complete", "error", "fail", 0],
  ["a note", [bad("note")], "complete", "error", "fail", 0],
  ["a warning", [bad("warning")], "complete", "error", "fail", 0],
  ["an error", [bad("error")], "complete", "error", "fail", 1],
  ["a warning where warnings fail", [bad("warning")], "complete", "warning", "fail", 1],
  ["a note where warnings fail", [bad("note")], "complete", "warning", "fail", 0],
  ["a note where notes fail", [bad("note")], "complete", "note", "fail", 1],
  ["something inconclusive", [good, unsure], "complete", "error", "fail", 3],
  ["something inconclusive, ignored", [good, unsure], "complete", "error", "ignore", 0],
  ["something minor inconclusive", [good, minor], "complete", "error", "fail", 0],
  ["something minor inconclusive that matters", [minor], "complete", "warning", "fail", 3],
  ["an error beside it", [unsure, bad("error")], "complete", "error", "fail", 1],
  ["a warning beside it", [unsure, bad("warning")], "complete", "error", "fail", 3],
  ["the time limit", [good], "deadline", "error", "fail", 3],
  ["the time limit, ignored", [good], "deadline", "error", "ignore", 0],
  ["an error before the time limit", [bad("error")], "deadline", "error", "ignore", 1],
  ["an interruption", [good], "aborted", "error", "fail", 3],
];

test.each(table)("%s", (_title, findings, ended, failOn, inconclusive, code) => {
  expect(exitCodeOf({ findings, ended }, { failOn, inconclusive })).toBe(code);
});

test("of several targets the worst counts, problems before what could not be told", () => {
  expect(worstExitCode([])).toBe(0);
  expect(worstExitCode([0, 3, 0])).toBe(3);
  expect(worstExitCode([3, 1, 0])).toBe(1);
  expect(worstExitCode([1, 2, 3])).toBe(2);
  expect(worstExitCode([1, 70, 2])).toBe(70);
});
