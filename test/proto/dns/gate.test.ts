import { expect, test } from "vitest";
import { createGate } from "../../../src/proto/dns/gate.ts";

test("callers beyond the limit come in when others leave, in the order of their coming", async () => {
  const gate = createGate(2);
  const inside: string[] = [];
  const enter = async (name: string): Promise<(() => void) | undefined> => {
    const leave = await gate.enter();
    inside.push(name);
    return leave;
  };
  const first = await enter("first");
  const second = await enter("second");
  const third = enter("third");
  const fourth = enter("fourth");
  expect(inside).toEqual(["first", "second"]);
  second?.();
  await third;
  expect(inside).toEqual(["first", "second", "third"]);
  first?.();
  await fourth;
  expect(inside).toEqual(["first", "second", "third", "fourth"]);
});

test("who leaves twice makes room once", async () => {
  const gate = createGate(1);
  const leave = await gate.enter();
  leave?.();
  leave?.();
  expect(await gate.enter(5)).toBeTypeOf("function");
  expect(await gate.enter(5)).toBeUndefined();
});

test("who waited too long does not come in, nor takes a place", async () => {
  const gate = createGate(1);
  const leave = await gate.enter();
  expect(await gate.enter(5)).toBeUndefined();
  leave?.();
  expect(await gate.enter(5)).toBeTypeOf("function");
});
