import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { listenForSignals } from "../../src/cli/interrupt.ts";

function fakeProcess() {
  const exits: number[] = [];
  const emitter = new EventEmitter();
  const fake = Object.assign(emitter, { exit: (code: number) => exits.push(code) });
  return { fake, exits, interrupt: listenForSignals(fake as unknown as NodeJS.Process) };
}

test("the first signal aborts the work and decides on the exit code", () => {
  const { fake, exits, interrupt } = fakeProcess();
  expect(interrupt.exitCode()).toBeUndefined();
  fake.emit("SIGTERM");
  expect(interrupt.signal.aborted).toBe(true);
  expect(interrupt.exitCode()).toBe(143);
  expect(exits).toEqual([]);
});

test("the second signal leaves at once", () => {
  const { fake, exits } = fakeProcess();
  fake.emit("SIGINT");
  fake.emit("SIGINT");
  expect(exits).toEqual([130]);
});
