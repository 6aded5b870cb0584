import { expect, test } from "vitest";
import { hasUtf8, wantsColour, widthOf } from "../../src/cli/style.ts";

test("the option decides on colours before the environment, and that before the terminal", () => {
  expect(wantsColour({}, true)).toBe(true);
  expect(wantsColour({}, false)).toBe(false);
  expect(wantsColour({ TERM: "dumb" }, true)).toBe(false);
  expect(wantsColour({ NO_COLOR: "1" }, true)).toBe(false);
  expect(wantsColour({ NO_COLOR: "" }, true)).toBe(true);
  expect(wantsColour({ NO_COLOR: "1", FORCE_COLOR: "1" }, false)).toBe(true);
  expect(wantsColour({ FORCE_COLOR: "0" }, true)).toBe(false);
  expect(wantsColour({ NO_COLOR: "1" }, false, true)).toBe(true);
  expect(wantsColour({ FORCE_COLOR: "3" }, true, false)).toBe(false);
});

test("the width is that of the terminal between 40 and 100 columns, else 80", () => {
  expect(widthOf(undefined, undefined)).toBe(80);
  expect(widthOf(undefined, 72)).toBe(72);
  expect(widthOf("60", 72)).toBe(60);
  expect(widthOf("0", 0)).toBe(80);
  expect(widthOf("1", undefined)).toBe(40);
  expect(widthOf("10000", undefined)).toBe(100);
  expect(widthOf("many", 90)).toBe(90);
});

test("the locale says whether more than ASCII can be shown", () => {
  expect(hasUtf8({ LANG: "de_DE.UTF-8" }, "linux")).toBe(true);
  expect(hasUtf8({ LANG: "en_US.utf8", LC_ALL: "C" }, "linux")).toBe(false);
  expect(hasUtf8({ LC_ALL: "", LANG: "C.UTF-8" }, "linux")).toBe(true);
  expect(hasUtf8({}, "linux")).toBe(false);
  expect(hasUtf8({}, "darwin")).toBe(true);
  expect(hasUtf8({}, "win32")).toBe(true);
});
