import { expect, test } from "vitest";
import type { Check } from "../../src/core/check.ts";
import { createEvidence } from "../../src/core/evidence.ts";
import { known, unknown } from "../../src/core/fact.ts";
import { failure } from "../../src/core/failure.ts";
import type { Observation } from "../../src/core/observation.ts";
import { judge } from "../../src/checks/judge.ts";
import { everything, isWanted } from "../../src/checks/profile.ts";

const now = new Date("2026-01-01T00:00:00Z");

function check(run: Check["run"]): Check {
  return {
    id: "smtp/sample",
    title: "sample",
    over: "smtp-hello",
    facts: ["greeting"],
    reads: [],
    specs: [],
    tags: [],
    messages: {
      odd: { severity: "warning", text: "{host} is {what}", fix: "mend {host}", clause: "" },
    },
    explain: { what: "", why: "", fix: "", blind: "", falseAlarm: "" },
    run,
  };
}

function observation(more: Partial<Observation>): Observation {
  return {
    id: "smtp-hello:mx:192.0.2.1:25",
    kind: "smtp-hello",
    subject: { host: "mx", ip: "192.0.2.1", port: 25 },
    startedAtMs: 0,
    durationMs: 1,
    outcome: "ok",
    data: { greeting: known(220) },
    dependsOn: [],
    timings: {},
    ...more,
  };
}

function judged(sample: Check, observations: Observation[], profile = everything) {
  return judge(createEvidence(observations), {
    checks: [sample],
    profile,
    now,
    target: "example.com",
  });
}

const always = check(() => [{ verdict: "problem", message: "odd", data: { what: "odd" } }]);

test("a problem is written out, cites its observation and has a fingerprint without the address", () => {
  const [finding] = judged(always, [observation({})]);
  expect(finding).toMatchObject({
    verdict: "problem",
    severity: "warning",
    text: "mx is odd",
    fix: "mend mx",
    cites: ["smtp-hello:mx:192.0.2.1:25"],
  });
  const [moved] = judged(always, [
    observation({ subject: { host: "mx", ip: "192.0.2.2", port: 25 } }),
  ]);
  expect(moved?.fingerprint).toBe(finding?.fingerprint);
});

test("an unknown fact is inconclusive, and the check is not asked", () => {
  const cause = failure("greeting", "read-timeout");
  const [finding] = judged(
    check(() => {
      throw new Error("asked");
    }),
    [observation({ data: { greeting: unknown(cause) } })],
  );
  expect(finding).toMatchObject({
    verdict: "inconclusive",
    because: { cause: { failure: cause } },
  });
});

test("what could not be made leads to what began it", () => {
  const servfail = failure("resolve", "dns-servfail");
  const parent = observation({
    id: "addresses:mx",
    kind: "addresses",
    outcome: "failed",
    failure: servfail,
  });
  const child = observation({
    outcome: "skipped",
    skipReason: "depends-on",
    data: null,
    dependsOn: ["addresses:mx"],
  });
  const [finding] = judged(always, [parent, child]);
  expect(finding?.because).toEqual({ observation: "addresses:mx", cause: { failure: servfail } });
});

test.each(["not-requested", "not-applicable"] as const)("%s is not-applicable", (skipReason) => {
  const [finding] = judged(always, [observation({ outcome: "skipped", skipReason, data: null })]);
  expect(finding?.verdict).toBe("not-applicable");
});

test("a check that throws is a bug and tells nothing of the server", () => {
  const broken = check(() => {
    throw new Error("oops \x1b[31m");
  });
  const [finding] = judged(broken, [observation({})]);
  expect(finding).toMatchObject({
    verdict: "inconclusive",
    because: { cause: { failure: { code: "bug" } } },
  });
  expect(JSON.stringify(finding)).not.toContain("\\u001b");
});

test("skipped checks and messages are not-applicable", () => {
  for (const skip of ["smtp/*", "smtp/sample:odd"])
    expect(judged(always, [observation({})], { only: [], skip: [skip] })[0]?.verdict).toBe(
      "not-applicable",
    );
});

test.each([
  [[], [], undefined, true],
  [["smtp/*"], [], undefined, true],
  [["tls/*"], [], undefined, false],
  [["smtp/sample:odd"], [], undefined, true],
  [["smtp/sample:odd"], [], "odd", true],
  [["smtp/sample:odd"], [], "other", false],
  [[], ["smtp/sample:odd"], "odd", false],
  [[], ["smtp/sample:odd"], "other", true],
  [["smtp/*"], ["smtp/sample"], "odd", false],
])("only %j, skip %j, message %s: wanted %s", (only, skip, message, wanted) => {
  expect(isWanted({ only, skip }, "smtp/sample", message)).toBe(wanted);
});
