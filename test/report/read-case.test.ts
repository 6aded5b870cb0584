import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../../src/core/errors.ts";
import { allChecks } from "../../src/checks/index.ts";
import { judgeCase } from "../../src/cli/judge-case.ts";
import { readCase } from "../../src/report/read-case.ts";

const folder = join(import.meta.dirname, "../../fixtures/cases/recorded");
const files = readdirSync(folder);

test.each(files)("the case %s of an earlier run is read and judged without a fault", (file) => {
  const [report] = readCase(readFileSync(join(folder, file), "utf8"));
  if (report === undefined) throw new Error("no report");
  const again = judgeCase(report, { checks: allChecks });
  expect(again.findings.length).toBeGreaterThan(0);
  const causes = again.findings.map(({ because }) => because?.cause.failure?.code);
  expect(causes).not.toContain("bug");
  expect(again.summary.headline).toBe(report.summary.headline);
  // Checks may be added later, but what was a problem stays one.
  const problems = again.findings.map(({ fingerprint }) => fingerprint);
  for (const { verdict, fingerprint } of report.findings)
    if (verdict === "problem") expect(problems).toContain(fingerprint);
});

test("one report, several, and one a line are all read", () => {
  const one = readFileSync(join(folder, "healthy.json"), "utf8");
  const report: unknown = JSON.parse(one);
  const line = JSON.stringify(report);
  expect(readCase(one)).toHaveLength(1);
  expect(readCase(JSON.stringify({ schemaVersion: 1, reports: [report, report] }))).toHaveLength(2);
  expect(readCase(`\uFEFF${line}\r\n${line}\n`)).toHaveLength(2);
});

test("a certificate that was valid then has expired later", () => {
  const [report] = readCase(readFileSync(join(folder, "healthy.json"), "utf8"));
  if (report === undefined) throw new Error("no report");
  const later = judgeCase(report, { checks: allChecks, now: new Date("2150-01-01") });
  expect(later.findings.map(({ message }) => message)).toContain("expired");
  expect(judgeCase(report, { checks: allChecks }).summary.problems.warning).toBe(0);
});

test.each([
  ["nothing", ""],
  ["prose", "Mail to example.com arrives"],
  ["another JSON document", '{"name":"maildoctor"}'],
  ["a list", "[]"],
  ["a later schema", '{"schemaVersion":2}'],
  [
    "no observations",
    '{"schemaVersion":1,"target":{"domain":"a","unicode":"a"},"startedAt":"2026-01-01","exam":"domain","durationMs":1,"options":{},"summary":{},"tool":{}}',
  ],
])("%s is refused in one line", (_what, text) => {
  expect(() => readCase(text)).toThrow(UsageError);
  expect(() => readCase(text)).toThrow(/^[^\n]+$/);
});

test("damaged cases are refused or judged, never a crash", () => {
  const whole = readFileSync(join(folder, "expired-cert.json"), "utf8");
  fc.assert(
    fc.property(
      fc.nat(whole.length - 1),
      fc.constantFrom("0", '"x"', "null", "{}", "[]", ""),
      (at, put) => {
        const damaged = whole.slice(0, at) + put + whole.slice(at + 1);
        try {
          for (const report of readCase(damaged)) judgeCase(report, { checks: allChecks });
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      },
    ),
    { numRuns: 300 },
  );
});
