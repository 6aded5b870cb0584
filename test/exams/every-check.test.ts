import { expect, onTestFinished, test } from "vitest";
import { allChecks } from "../../src/checks/index.ts";
import type { Finding } from "../../src/core/finding.ts";
import { startDemo } from "../../src/demo/internet.ts";
import { findingsOf, judgeAll, leftOpen, problemsAmong, type Case } from "./cases/case.ts";
import { deservedInDemo, healthy, healthyInDemo } from "./cases/healthy.ts";
import { sick } from "./cases/sick.ts";
import { examine, startRun } from "./run-kit.ts";

/** What was found in each case of this file; the tests at its end look back at them all. */
const found = new Map<string, readonly Finding[]>();

const named = (cases: readonly Case[]): [what: string, sample: Case][] =>
  cases.map((sample) => [sample.what, sample]);

/** The cases with such a finding of the check. */
function casesWith(checkId: string, verdict: Finding["verdict"]): (readonly Finding[])[] {
  const has = (finding: Finding): boolean =>
    finding.checkId === checkId && finding.verdict === verdict;
  return [...found.values()].filter((findings) => findings.some(has));
}

/** The cases in which the check passed, and no other check raised an alarm. */
function healthyCasesOf(checkId: string): number {
  return casesWith(checkId, "pass").filter((findings) => alarms(findings).length === 0).length;
}

/** Errors and warnings: "room/check:message". */
function alarms(findings: readonly Finding[]): string[] {
  const loud = findings.filter(({ severity }) => severity !== "note");
  const names = problemsAmong(loud).map((problem) => problem.replace(/ \w+$/, ""));
  return names.toSorted();
}

test("every domain of the demo gives the errors and warnings of its story, the healthy none", async () => {
  const demo = await startDemo();
  onTestFinished(() => demo.close());
  const { resolver, connectTo, treatAsPublic } = demo.options;
  const run = startRun({
    resolver,
    connectTo,
    options: { treatAsPublic },
    // slow-greeting.example takes two and a half seconds.
    limits: { greetingMs: 5_000, commandMs: 5_000 },
  });
  await Promise.all(
    demo.domains.map(async ({ domain }) => {
      found.set(domain, judgeAll(await examine(run, "domain", domain), domain));
    }),
  );
  const stories = demo.domains.map(({ domain, expect: { verdict } }) => [
    domain,
    typeof verdict === "string" ? [] : verdict.toSorted(),
  ]);
  const heard = demo.domains.map(({ domain }) => [domain, alarms(found.get(domain) ?? [])]);
  expect(Object.fromEntries(heard)).toEqual(Object.fromEntries(stories));
}, 20_000);

test.each(named(sick))("a domain %s is told so, and nothing else", async (what, sample) => {
  const findings = await findingsOf(sample);
  found.set(what, findings);
  expect(problemsAmong(findings)).toEqual(sample.finds);
  expect(leftOpen(findings)).toEqual(sample.leavesOpen ?? []);
});

test.each(named(healthy))("a healthy domain %s raises no alarm", async (what, sample) => {
  const findings = await findingsOf(sample);
  found.set(what, findings);
  expect(problemsAmong(findings)).toEqual(sample.finds);
  expect(alarms(findings)).toEqual([]);
  expect(leftOpen(findings)).toEqual(sample.leavesOpen ?? []);
});

test.each(Object.entries(healthyInDemo))(
  "a healthy domain with %s raises no alarm, in the demo",
  (_what, domain) => {
    const findings = found.get(domain) ?? [];
    expect(findings).not.toEqual([]);
    expect(alarms(findings)).toEqual([]);
  },
);

test.each(Object.entries(deservedInDemo))(
  "a healthy domain with %s is told what it deserves and no more, in the demo",
  (_what, [domain, deserved]) => {
    expect(alarms(found.get(domain) ?? [])).toEqual([deserved]);
  },
);

test("every check found its problem in one case at least", () => {
  const missed = allChecks.filter(({ id }) => casesWith(id, "problem").length < 1);
  expect(missed.map(({ id }) => id)).toEqual([]);
});

test("every check passed in two healthy cases at least", () => {
  const missed = allChecks.filter(({ id }) => healthyCasesOf(id) < 2);
  expect(missed.map(({ id }) => `${id}: ${healthyCasesOf(id)}`)).toEqual([]);
});

test("there are twenty healthy variants and more, no two of them one domain", () => {
  const names = [...Object.values(healthyInDemo), ...healthy.map(({ what }) => what)];
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(20);
});
