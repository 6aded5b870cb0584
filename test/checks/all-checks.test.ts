import { existsSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allChecks } from "../../src/checks/index.ts";
import { known, unknown, type Unknown } from "../../src/core/fact.ts";
import { failure } from "../../src/core/failure.ts";
import { createEvidence } from "../../src/core/evidence.ts";
import { isFact, type Observation } from "../../src/core/observation.ts";
import { runCheck, type Judged } from "../kit/check.ts";
import {
  address,
  addresses,
  deadHello,
  dmarc,
  envelope,
  environment,
  evidenceOf,
  exchanges,
  hello,
  mxSet,
  reverseName,
  spf,
} from "../kit/evidence.ts";
import { anyObservations } from "../kit/any-evidence.ts";

const root = join(import.meta.dirname, "../..");

test("no two checks share an id", () => {
  const ids = allChecks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(allChecks.map((check) => [check.id, check] as const))("%s", (id, check) => {
  test("has its own file and test", () => {
    expect(existsSync(join(root, `src/checks/${id}.ts`))).toBe(true);
    expect(existsSync(join(root, `test/checks/${id}.test.ts`))).toBe(true);
  });

  test("cites its standards by document and section", () => {
    expect(check.specs.length).toBeGreaterThan(0);
    for (const { ref } of check.specs) expect(ref).toMatch(/^RFC \d{4} [\dA-Z]+(\.\d+)*$/);
  });

  test("explains itself in sentences", () => {
    for (const text of Object.values(check.explain)) expect(text).toMatch(/^[A-Z~"-].{20,}\.$/);
    expect(check.title).toMatch(/^[A-Z].*[^.]$/);
  });

  test("says what is wrong, what to do and what follows", () => {
    for (const { text, fix, clause } of Object.values(check.messages)) {
      expect(text).toMatch(/\.$/);
      expect(fix).toMatch(/^[A-Z].*\.$/);
      expect(clause).toMatch(/^[a-z{].*[^.]$/);
    }
  });
});

/** What the checks say against the evidence: "check:message", and the open questions. */
function complaints(...observations: readonly { readonly kind: string }[]): string[] {
  const evidence = evidenceOf(...observations);
  return allChecks.flatMap((check) =>
    runCheck(check, evidence).flatMap((judged) => {
      if (judged.verdict === "problem") return [`${check.id}:${judged.message}`];
      return judged.verdict === "inconclusive" ? [check.id] : [];
    }),
  );
}

test("a healthy domain raises no word", () => {
  const mx2 = { host: "mx2.example.com", ip: "198.51.100.25" };
  expect(
    complaints(
      environment(),
      mxSet(),
      addresses(),
      addresses({ ipv4: known([address("198.51.100.25")]), ipv6: known([]) }, "mx2.example.com"),
      reverseName(),
      reverseName({}, "2001:db8::1"),
      reverseName({}, "198.51.100.25"),
      hello(),
      hello({}, { ip: "2001:db8::1" }),
      hello({}, mx2),
      envelope(),
      envelope({}, { ip: "2001:db8::1" }),
      envelope({}, mx2),
      spf(),
      dmarc(),
    ),
  ).toEqual([]);
});

test("a domain without mail that says so raises nothing", () => {
  const nullMx = mxSet({ records: known(exchanges(".")) });
  const policies = [spf(["v=spf1 -all"]), dmarc(["v=DMARC1; p=reject"])];
  expect(complaints(environment(), nullMx, ...policies)).toEqual([]);
});

test("a name that does not exist is one finding", () => {
  const gone = mxSet({ exists: known(false), records: known([]) });
  expect(complaints(environment(), gone, spf([]), dmarc([]))).toEqual([
    "domain/not-found:name-not-found",
  ]);
});

test("one server that is dead is one finding", () => {
  const only = mxSet({ records: known(exchanges("mx1.example.com")) });
  const dead = deadHello(failure("connect", "connect-refused"));
  const found = complaints(only, addresses({ ipv6: known([]) }), dead);
  expect(found.filter((entry) => entry.includes(":"))).toEqual(["mx/unreachable:all"]);
});

const causes: readonly Unknown[] = [
  unknown("deadline"),
  unknown("aborted"),
  unknown("budget"),
  unknown(failure("resolve", "dns-servfail")),
  unknown(failure("greeting", "rate-limited")),
  unknown(failure("command", "desync")),
];

/** The observations with some facts replaced by unknown ones. */
function knockOut(
  observations: readonly Observation[],
  picks: readonly { readonly at: number; readonly cause: Unknown }[],
): Observation[] {
  const places = observations.flatMap(({ id, data }) =>
    Object.entries(data ?? {}).flatMap(([name, value]) => (isFact(value) ? [{ id, name }] : [])),
  );
  const changed = [...observations];
  for (const { at, cause } of picks) {
    const place = places[at % Math.max(1, places.length)];
    const index = changed.findIndex(({ id }) => id === place?.id);
    const before = changed[index];
    if (place === undefined || before?.data == null) continue;
    changed[index] = { ...before, data: { ...before.data, [place.name]: cause } };
  }
  return changed;
}

/** What may become of a verdict when less is known: itself, or inconclusive. */
function contradiction(before: Judged, after: readonly Judged[]): string | undefined {
  const same = after.filter(
    ({ subject }) => JSON.stringify(subject) === JSON.stringify(before.subject),
  );
  const verdicts = same.map(({ verdict }) => verdict);
  if (before.verdict === "inconclusive")
    return verdicts.includes("inconclusive") ? undefined : "an open question was answered";
  if (before.verdict === "problem")
    return verdicts.includes("inconclusive") || verdicts.includes("problem")
      ? undefined
      : "a problem vanished";
  return before.verdict === "pass" && verdicts.includes("problem")
    ? "a pass became a problem"
    : undefined;
}

test("knowing less never answers a question, hides a problem or makes one up", () => {
  const pick = fc.record({ at: fc.nat(200), cause: fc.constantFrom(...causes) });
  fc.assert(
    fc.property(anyObservations, fc.array(pick, { minLength: 1, maxLength: 6 }), (seen, picks) => {
      const all = createEvidence(seen);
      const less = createEvidence(knockOut(seen, picks));
      for (const check of allChecks) {
        const after = runCheck(check, less);
        for (const before of runCheck(check, all)) {
          const why = contradiction(before, after);
          if (why !== undefined)
            throw new Error(
              `${check.id}: ${why}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
            );
        }
      }
    }),
    { numRuns: 2000 },
  );
}, 60_000);

test("a problem keeps its severity when less is known", () => {
  const pick = fc.record({ at: fc.nat(200), cause: fc.constantFrom(...causes) });
  fc.assert(
    fc.property(anyObservations, pick, (seen, one) => {
      const all = createEvidence(seen);
      const less = createEvidence(knockOut(seen, [one]));
      for (const check of allChecks) {
        const severityOf = (judged: Judged | undefined): string | undefined =>
          judged?.verdict === "problem" ? check.messages[judged.message]?.severity : undefined;
        const after = runCheck(check, less);
        for (const before of runCheck(check, all)) {
          const same = after.find(
            ({ subject, verdict }) =>
              verdict === "problem" && JSON.stringify(subject) === JSON.stringify(before.subject),
          );
          if (before.verdict === "problem" && same !== undefined)
            expect(severityOf(same)).toBe(severityOf(before));
        }
      }
    }),
    { numRuns: 1000 },
  );
}, 60_000);
