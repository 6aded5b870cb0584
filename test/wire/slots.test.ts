import { expect, test } from "vitest";
import { createSlots } from "../../src/wire/slots.ts";

const never = new AbortController().signal;

test("a host never has more connections than its share, and others are not held up", async () => {
  const slots = createSlots(3, 1);
  const first = await slots.acquire("a", never);
  let second = false;
  const waiting = slots.acquire("a", never).then((release) => {
    second = true;
    return release;
  });
  const other = await slots.acquire("b", never);
  expect(second).toBe(false);
  first();
  (await waiting)();
  other();
  expect(second).toBe(true);
});

test("the total is a limit, and a slot given back twice counts once", async () => {
  const slots = createSlots(1, 1);
  const first = await slots.acquire("a", never);
  const order: string[] = [];
  const b = slots.acquire("b", never).then((release) => {
    order.push("b");
    return release;
  });
  const c = slots.acquire("c", never).then((release) => {
    order.push("c");
    return release;
  });
  first();
  first();
  const releaseB = await b;
  expect(order).toEqual(["b"]);
  releaseB();
  (await c)();
  expect(order).toEqual(["b", "c"]);
});

test("an aborted wait rejects with the reason and leaves the queue", async () => {
  const slots = createSlots(1, 1);
  const first = await slots.acquire("a", never);
  const stop = new AbortController();
  const waiting = slots.acquire("a", stop.signal);
  stop.abort(new Error("deadline"));
  await expect(waiting).rejects.toThrow("deadline");
  first();
  (await slots.acquire("a", never))();
});
