import { describe, expect, test } from "vitest";
import { judgeOne } from "../../src/checks/judge.ts";
import type { Check, Judgement, Message } from "../../src/core/check.ts";
import type { Evidence } from "../../src/core/evidence.ts";
import type { SkipReason } from "../../src/core/fact.ts";
import type { Subject } from "../../src/core/observation.ts";
import { fillTemplate } from "../../src/core/text.ts";
import { testNow } from "./evidence.ts";

/** What is seen, in words, and the evidence for it. */
export type Case = readonly [title: string, evidence: Evidence];

interface Cases {
  readonly pass: readonly Case[];
  /** For each message id of the check the evidence in which exactly that problem is found. */
  readonly problems: Readonly<Record<string, readonly Case[]>>;
  /** The same sick evidence somewhere else: this check finds no problem in it. */
  readonly unaffected?: readonly Case[];
  readonly inconclusive: readonly Case[];
  readonly notApplicable?: readonly Case[];
}

/** A judgement with the subject it speaks of. */
export type Judged = Judgement & { readonly subject: Subject };

/** Runs the check over the evidence as the judge does: an unknown fact is answered on its behalf. */
export function runCheck(check: Check, evidence: Evidence, now: Date = testNow): Judged[] {
  return evidence.all(check.over).flatMap((observation) =>
    judgeOne(check, observation, evidence, now).map((judgement) => {
      const settled = settle(judgement);
      return { ...settled, subject: judgement.subject ?? observation.subject };
    }),
  );
}

/** What was switched off or cannot exist is not in question. */
function settle(judgement: Judgement): Judgement {
  if (judgement.verdict !== "inconclusive") return judgement;
  const notAsked: readonly (SkipReason | undefined)[] = ["not-requested", "not-applicable"];
  return notAsked.includes(judgement.because.cause.skipped)
    ? { verdict: "not-applicable" }
    : judgement;
}

/** Declares the tests of one check; `file` is the test's own `import.meta.url`. */
export function testCheck(check: Check, file: string, cases: Cases): void {
  describe(check.id, () => {
    test("is named after its file", () => {
      expect(file).toMatch(new RegExp(`/test/checks/${check.id}\\.test\\.ts$`));
    });

    test("has a case for each of its messages", () => {
      expect(Object.keys(cases.problems).toSorted()).toEqual(
        Object.keys(check.messages).toSorted(),
      );
      for (const list of [cases.pass, cases.inconclusive, ...Object.values(cases.problems)])
        expect(list.length).toBeGreaterThan(0);
    });

    for (const [title, evidence] of cases.pass)
      test(`passes: ${title}`, () => {
        const verdicts = verdictsOf(check, evidence);
        expect(verdicts).toContain("pass");
        expect(verdicts.filter((verdict) => verdict !== "pass")).toEqual(
          verdicts.filter((verdict) => verdict === "not-applicable"),
        );
      });

    for (const [message, list] of Object.entries(cases.problems))
      for (const [title, evidence] of list)
        test(`reports ${message}: ${title}`, () => {
          const problems = runCheck(check, evidence).filter(isProblem);
          expect([...new Set(problems.map((found) => found.message))]).toEqual([message]);
          for (const found of problems) expectFilled(check, found);
        });

    for (const [title, evidence] of cases.unaffected ?? [])
      test(`is unaffected: ${title}`, () => {
        const verdicts = verdictsOf(check, evidence);
        expect(verdicts).not.toContain("problem");
        expect(verdicts).not.toContain("inconclusive");
      });

    for (const [title, evidence] of cases.inconclusive)
      test(`cannot tell: ${title}`, () => {
        const verdicts = verdictsOf(check, evidence);
        expect(verdicts).toContain("inconclusive");
        expect(verdicts).not.toContain("problem");
      });

    for (const [title, evidence] of cases.notApplicable ?? [])
      test(`does not apply: ${title}`, () => {
        expect(new Set(verdictsOf(check, evidence))).toEqual(new Set(["not-applicable"]));
      });
  });
}

function verdictsOf(check: Check, evidence: Evidence): string[] {
  return runCheck(check, evidence).map(({ verdict }) => verdict);
}

type Problem = Judged & { readonly verdict: "problem" };

function isProblem(judged: Judged): judged is Problem {
  return judged.verdict === "problem";
}

/** The finding's text and fix are whole sentences with every placeholder filled. */
function expectFilled(check: Check, found: Problem): void {
  const message = check.messages[found.message] as Message;
  const { domain, host, ip, port } = found.subject;
  const data = { ...dropUndefined({ domain, host, ip, port }), ...found.data };
  const text = fillTemplate(message.text, data);
  const fix = fillTemplate(message.fix, data);
  for (const sentence of [text, fix]) {
    expect(sentence).toMatch(/[.)]$/);
    expect(sentence).not.toMatch(/undefined|\{|\}|\[object|\.\.$| {2}/);
  }
  const clause = fillTemplate(message.clause, { ...data, who: ["mx1.example.com"] });
  expect(clause).toMatch(/^(?!.*[{}]).*[^.]$/);
  for (const record of found.records ?? []) {
    expect(record.name).toMatch(/\.$/);
    expect(record.value).not.toBe("");
  }
}

function dropUndefined(
  values: Readonly<Record<string, string | number | undefined>>,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string | number] => {
      return entry[1] !== undefined;
    }),
  );
}
