import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LineBuffer } from "../../src/wire/line-buffer.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

function drain(buffer: LineBuffer): string[] {
  const lines: string[] = [];
  for (;;) {
    const line = buffer.take();
    if (line === undefined) return lines;
    if (line === "too-long") return [...lines, "too-long"];
    lines.push(`${line.bareLf ? "lf " : ""}${text(line.bytes)}`);
  }
}

test.each([
  ["a\r\nb\r\n", ["a", "b"], 0],
  ["a\nb\r\nc", ["lf a", "b"], 1],
  ["\r\n\n", ["", "lf "], 0],
  ["a\r\r\n", ["a\r"], 0],
  ["a\rb\r\n", ["a\rb"], 0],
  ["", [], 0],
])("cuts %j into lines", (input, lines, left) => {
  const buffer = new LineBuffer(100);
  buffer.feed(Buffer.from(input));
  expect(drain(buffer)).toEqual(lines);
  expect(buffer.size).toBe(left);
});

test("a line may be as long as the limit with its end, and no longer", () => {
  const fits = new LineBuffer(10);
  fits.feed(Buffer.from("12345678\r\nx"));
  expect(drain(fits)).toEqual(["12345678"]);
  const over = new LineBuffer(10);
  over.feed(Buffer.from("123456789\r\n"));
  expect(drain(over)).toEqual(["too-long"]);
  const endless = new LineBuffer(10);
  endless.feed(Buffer.from("12345678901"));
  expect(drain(endless)).toEqual(["too-long"]);
});

test("clearing returns the beginning of what waited", () => {
  const buffer = new LineBuffer(100);
  buffer.feed(Buffer.from("a\r\nrest"));
  buffer.take();
  expect(text(buffer.peek())).toBe("rest");
  expect(text(buffer.clear())).toBe("rest");
  expect(buffer.size).toBe(0);
  buffer.feed(Buffer.from("next\r\n"));
  expect(drain(buffer)).toEqual(["next"]);
});

test("lines do not depend on where the stream is split", () => {
  const stream = fc.array(fc.constantFrom("a", "bc", "\r", "\n", "\r\n", "\0", "\xff"), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(stream, fc.array(fc.nat({ max: 7 })), (parts, cuts) => {
      const bytes = Buffer.from(parts.join(""), "latin1");
      const whole = new LineBuffer(12);
      whole.feed(bytes);
      const split = new LineBuffer(12);
      const lines: string[] = [];
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        if (lines.at(-1) === "too-long") break;
        split.feed(bytes.subarray(at, at + cut));
        at = Math.min(bytes.length, at + cut);
        lines.push(...drain(split));
      }
      expect(lines).toEqual(drain(whole));
    }),
  );
});

test("many small pieces cost little", () => {
  const buffer = new LineBuffer(4_096);
  const startedAt = performance.now();
  for (let count = 0; count < 250_000; count += 1) buffer.feed(Buffer.from("a"));
  expect(buffer.take()).toBe("too-long");
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
