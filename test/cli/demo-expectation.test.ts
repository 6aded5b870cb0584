import { expect, test } from "vitest";
import { cameOutAs } from "../../src/cli/demo-expectation.ts";
import { cases } from "../kit/cases.ts";

const healthy = { verdict: "healthy", exitCode: 0 } as const;
const plain = { verdict: ["smtp/starttls-missing:not-offered"], exitCode: 1 } as const;

test("a domain comes out as told when its messages and exit code are those of its story", () => {
  expect(cameOutAs(healthy, cases["healthy"]!)).toBe(true);
  expect(cameOutAs(plain, cases["starttls-missing"]!)).toBe(true);
  expect(cameOutAs({ verdict: "inconclusive", exitCode: 3 }, cases["timeout"]!)).toBe(true);
  expect(cameOutAs(healthy, cases["null-mx"]!)).toBe(true);
});

test("a missing message, a further problem or another exit code is not as told", () => {
  expect(cameOutAs(plain, cases["healthy"]!)).toBe(false);
  expect(cameOutAs(healthy, cases["certificate-expired"]!)).toBe(false);
  expect(cameOutAs(plain, cases["many-problems"]!)).toBe(false);
  expect(cameOutAs(healthy, cases["timeout"]!)).toBe(false);
});
