import { expect, test } from "vitest";
import type { Report } from "../../src/core/report.ts";
import { fitReport } from "../../src/report/fit.ts";
import { cases, report, transcript } from "../kit/cases.ts";
import { hello } from "../kit/evidence.ts";

const long = report(
  "Too much",
  [
    {
      ...hello(),
      transcript: transcript(...Array.from({ length: 4_000 }, (_line, n) => `S 250-line ${n}`)),
    } as { readonly kind: string },
  ],
  [],
);

test("a report within the limit is kept as it is", () => {
  expect(JSON.parse(fitReport(cases["healthy"]!))).toEqual(cases["healthy"]);
});

test("a long transcript loses its middle, and the cut is marked", () => {
  const text = fitReport(long, 64 * 1024);
  expect(text.length).toBeLessThan(64 * 1024);
  const [observation] = (JSON.parse(text) as Report).observations;
  expect(observation?.transcript).toHaveLength(41);
  expect(observation?.transcript?.[20]?.text).toMatch(/^3960 lines left out/);
  expect(observation?.transcript?.[40]?.text).toBe("250-line 3999");
});

test("data is shortened when transcripts are not what is too large", () => {
  const lines = Array.from({ length: 500 }, () => "x".repeat(2_000));
  const huge = report(
    "Too much",
    [
      { ...hello(), data: { greeting: { known: true, value: { code: 220, lines } } } } as {
        readonly kind: string;
      },
    ],
    [],
  );
  const text = fitReport(huge, 100_000);
  expect(text.length).toBeLessThan(100_000);
  expect(JSON.parse(text)).toMatchObject({ summary: { headline: "Too much" } });
});
