import { expect, test } from "vitest";
import { drawDialogue } from "../../src/report/dialogue.ts";

test("draws the marks of swaks beside the milliseconds since the first line", () => {
  const at = (atMs: number) => ({ atMs, encrypted: false });
  const drawn = drawDialogue([
    { ...at(1000), from: "=", text: "connected" },
    { ...at(1001.4), from: "S", text: "220 hi" },
    { ...at(1002), from: "C", text: "EHLO a" },
    { ...at(1003), from: "S", text: "999 what", unexpected: true },
    { ...at(1004), from: "C", text: "EHLO a", encrypted: true },
    { ...at(1005), from: "S", text: "250 ok", encrypted: true },
    { ...at(1006), from: "S", text: "1", encrypted: true, unexpected: true },
    { ...at(1007), from: "!", text: "no reply in time" },
  ]);
  expect(drawn.map(({ label, text }) => label + text)).toEqual([
    "    0 ms === connected",
    "    1 ms <-  220 hi",
    "    2 ms  -> EHLO a",
    "    3 ms <** 999 what",
    "    4 ms  ~> EHLO a",
    "    5 ms <~  250 ok",
    "    6 ms <~* 1",
    "    7 ms *** no reply in time",
  ]);
});
