import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Observation } from "../../src/core/observation.ts";
import type { Report } from "../../src/core/report.ts";
import { criticalPath } from "../../src/report/critical-path.ts";
import { slowestServer, stagesOf } from "../../src/report/slowest-server.ts";
import { terminal } from "../../src/report/terminal.ts";
import { textWidth } from "../../src/report/terminal/width.ts";
import { draw } from "./drawing.ts";

const file = join(import.meta.dirname, "../../fixtures/cases/recorded/dead-backup.json");
const recorded = JSON.parse(readFileSync(file, "utf8")) as Report;

function step(
  id: string,
  startedAtMs: number,
  durationMs: number,
  ...dependsOn: string[]
): Observation {
  return {
    id,
    kind: id,
    subject: { host: id, ip: "192.0.2.1" },
    startedAtMs,
    durationMs,
    outcome: "ok",
    data: {},
    dependsOn,
    timings: {},
  };
}

function path(...observations: Observation[]): string[] {
  return criticalPath({ ...recorded, observations }).map(
    ({ observation, waitedMs }) => `${observation.id} +${waitedMs}`,
  );
}

test("the critical path is the chain that ended last, with its waits", () => {
  expect(
    path(
      step("mx", 0, 10),
      step("spf", 0, 50),
      step("a", 10, 5, "mx"),
      step("b", 10, 20, "mx"),
      step("hello-a", 15, 20, "a"),
      step("hello-b", 40, 60, "b"),
    ),
  ).toEqual(["mx +0", "b +0", "hello-b +10"]);
});

test("a run without time, a missing parent and a circle have an end", () => {
  expect(path()).toEqual([]);
  expect(path(step("mx", 0, 0))).toEqual([]);
  expect(path(step("a", 0, 5, "gone"))).toEqual(["a +0"]);
  expect(path(step("a", 0, 5, "b"), step("b", 0, 6, "a"))).toHaveLength(2);
});

test("the slowest server is named with its slowest stage", () => {
  const slow: Observation = {
    ...step("smtp-hello", 0, 900),
    kind: "smtp-hello",
    timings: {
      connectMs: 20,
      greetingMs: 700,
      tlsMs: 50,
      commands: [{ command: "EHLO x", ms: 130 }],
    },
  };
  const quick: Observation = {
    ...slow,
    id: "other",
    durationMs: 30,
    subject: { host: "quick", ip: "192.0.2.2" },
  };
  expect(slowestServer({ ...recorded, observations: [quick, slow] })).toEqual({
    host: "smtp-hello",
    ip: "192.0.2.1",
    ms: 900,
    stage: "greeting",
    stageMs: 700,
  });
  expect(slowestServer({ ...recorded, observations: [] })).toBeUndefined();
  expect(stagesOf({ slotWaitMs: 5 })).toEqual([]);
});

test.each([48, 60, 80, 100])("the waterfall fits into %i columns", async (width) => {
  const text = await draw(terminal, [recorded], { width, timing: true });
  for (const line of text.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(width);
  expect(text).toContain("Slowest server:");
  expect(text.replaceAll(/\s+/g, " ")).toContain("It took so long because of: MX set of");
});

test("without the option there is no waterfall", async () => {
  expect(await draw(terminal, [recorded], {})).not.toContain("Slowest server");
});

test("the waterfall needs no more than ASCII where the locale has no more", async () => {
  const text = await draw(terminal, [recorded], { unicode: false, timing: true });
  expect(text).toMatch(/^[\n\x20-\x7e]*$/);
});
