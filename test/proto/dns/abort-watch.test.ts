import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { createAbortWatch } from "../../../src/proto/dns/abort-watch.ts";

const never = new Promise<string>(() => undefined);

test("a thousand waiters share one listener and all hear of the abort", async () => {
  const watch = createAbortWatch();
  const controller = new AbortController();
  const waiting = Array.from({ length: 1000 }, () =>
    watch.race(never, controller.signal, () => "aborted"),
  );
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  controller.abort();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(["aborted"]));
});

test("the listener goes with the last waiter", async () => {
  const watch = createAbortWatch();
  const { signal } = new AbortController();
  const results = [
    watch.race(Promise.resolve("first"), signal, () => "aborted"),
    watch.race(Promise.resolve("second"), signal, () => "aborted"),
  ];
  expect(await Promise.all(results)).toEqual(["first", "second"]);
  await new Promise(setImmediate);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a signal that has aborted answers at once", async () => {
  const watch = createAbortWatch();
  expect(await watch.race(never, AbortSignal.abort(), () => "aborted")).toBe("aborted");
});

test("clearing removes the listener", () => {
  const watch = createAbortWatch();
  const { signal } = new AbortController();
  void watch.race(never, signal, () => "aborted");
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  watch.clear();
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
