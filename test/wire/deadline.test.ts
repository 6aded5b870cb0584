import { once } from "node:events";
import { expect, test } from "vitest";
import { failureOfAbort } from "../../src/core/abort.ts";
import { formatMs, startDeadline, timedOut } from "../../src/wire/deadline.ts";

test("aborts at its time, and says that it was the time", async () => {
  const deadline = startDeadline(10, new AbortController().signal);
  await once(deadline.signal, "abort");
  expect(timedOut(deadline.signal)).toBe(true);
  deadline.clear();
});

test.each([
  ["deadline", "deadline"],
  ["aborted", "aborted"],
])("follows its parent, whose reason %s is kept", (reason, code) => {
  const parent = new AbortController();
  const deadline = startDeadline(10_000, parent.signal);
  expect(deadline.signal.aborted).toBe(false);
  parent.abort(new Error(reason));
  expect(timedOut(deadline.signal)).toBe(false);
  expect(failureOfAbort(deadline.signal, "hello")).toMatchObject({ stage: "hello", code });
  deadline.clear();
});

test("a parent that has ended already ends it at once", () => {
  const deadline = startDeadline(10_000, AbortSignal.abort(new Error("deadline")));
  expect(failureOfAbort(deadline.signal, "connect").code).toBe("deadline");
  deadline.clear();
});

test("an abort without a reason of ours counts as the user's", () => {
  expect(failureOfAbort(AbortSignal.abort(), "hello").code).toBe("aborted");
});

test("a deadline that was cleared neither fires nor follows", () => {
  const parent = new AbortController();
  const deadline = startDeadline(10_000, parent.signal);
  deadline.clear();
  parent.abort(new Error("aborted"));
  expect(deadline.signal.aborted).toBe(false);
});

test.each([
  [80, "80 ms"],
  [999, "999 ms"],
  [1_000, "1 s"],
  [1_500, "1.5 s"],
  [30_000, "30 s"],
])("%i ms are written %s", (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});
