import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { Screen } from "../../src/cli/io.ts";
import { createProgress } from "../../src/cli/progress.ts";

/** A terminal that keeps what is written to it. */
function screen(over: { isTTY?: boolean; columns?: number } = {}): Screen & { text(): string } {
  const stream = new PassThrough();
  const written: string[] = [];
  stream.on("data", (chunk: Buffer) => written.push(chunk.toString()));
  return Object.assign(stream, {
    isTTY: true,
    columns: 80,
    ...over,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
    text: () => written.join(""),
  });
}

async function shown(stderr: ReturnType<typeof screen>, env: Record<string, string>) {
  const progress = await createProgress({ stderr, env });
  progress.show("greeting of mx1.example.com \u001b[31m");
  progress.stop();
  await new Promise(setImmediate);
  return stderr.text();
}

test("a terminal shows what is being waited for, without obeying it", async () => {
  const text = await shown(screen(), { LANG: "C.UTF-8" });
  expect(text).toContain("greeting of mx1.example.com \\x1b[31m");
  expect(text.endsWith("\u001b[?25h")).toBe(true);
});

test.each<
  [what: string, stderr: { isTTY?: boolean; columns?: number }, env: Record<string, string>]
>([
  ["no terminal", { isTTY: false }, {}],
  ["a terminal without width", { columns: 0 }, {}],
  ["a dumb terminal", {}, { TERM: "dumb" }],
  ["continuous integration", {}, { CI: "true" }],
])("%s shows nothing", async (_what, over, env) => {
  expect(await shown(screen(over), env)).toBe("");
});
