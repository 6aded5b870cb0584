import { expect, test } from "vitest";
import { limited } from "../../src/cli/examine.ts";

test("no more calls run at a time than allowed, and all of them run", async () => {
  let running = 0;
  let most = 0;
  const call = limited(3, async (n: number) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return n;
  });
  const results = await Promise.all(Array.from({ length: 10 }, (_item, n) => call(n)));
  expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(most).toBe(3);
});

test("a call that fails gives its place to the next", async () => {
  const call = limited(1, (n: number) =>
    n === 0 ? Promise.reject(new Error("first")) : Promise.resolve(n),
  );
  const [first, second] = [call(0), call(1)];
  await expect(first).rejects.toThrow("first");
  await expect(second).resolves.toBe(1);
});
