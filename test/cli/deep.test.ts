import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { allChecks } from "../../src/checks/index.ts";
import type { RawOptions } from "../../src/cli/options.ts";
import { readSettings } from "../../src/cli/settings.ts";
import { UsageError } from "../../src/core/errors.ts";

const typed: RawOptions = {
  format: "terminal",
  failOn: "error",
  inconclusive: "fail",
  resolver: ["192.0.2.53"],
};
const read = (more: Partial<RawOptions>) =>
  readSettings({ ...typed, ...more }, { stdout: new PassThrough(), env: {} }, allChecks);

test("nothing deep is done unless it is asked for", async () => {
  expect((await read({})).exam).toMatchObject({ deep: false, testInjection: false });
});

test("what was asked for is in the report", async () => {
  const { exam, recorded } = await read({ deep: true, testInjection: true });
  expect(exam).toMatchObject({ deep: true, testInjection: true });
  expect(recorded).toMatchObject({ deep: true, testInjection: true });
});

test.each<[what: string, options: Partial<RawOptions>, says: string]>([
  ["the injection without its session", { testInjection: true }, "goes with --deep"],
  ["more sessions and none", { deep: true, passive: true }, "contradict"],
])("%s is wrong usage", async (_what, options, says) => {
  const attempt = read(options);
  await expect(attempt).rejects.toThrow(UsageError);
  await expect(attempt).rejects.toThrow(says);
});
