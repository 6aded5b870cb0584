import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { UsageError } from "../../src/core/errors.ts";
import { parseMailTarget } from "../../src/core/target.ts";
import { parseTargets, readTargets } from "../../src/cli/targets.ts";

const { signal } = new AbortController();
const read = (text: string) =>
  readTargets(Readable.from([Buffer.from(text)]), parseMailTarget, signal);

test("a list has one target a line, comments and blank lines apart", async () => {
  const list = await read(
    "\uFEFFexample.com\r\n\n# a comment\n  example.org  # another\nuser@example.net\n\nexample.com\n",
  );
  expect(list.targets.map(({ domain }) => domain)).toEqual([
    "example.com",
    "example.org",
    "example.net",
  ]);
  expect(list.faults).toEqual([]);
});

test("an impossible line is a fault that names its line, and the rest goes on", async () => {
  const list = await read("example.com\nnot a domain\n-bad-.example\n");
  expect(list.targets).toHaveLength(1);
  expect(list.faults).toEqual([
    expect.stringMatching(/^line 2: "not a domain" is not a domain name/),
    expect.stringMatching(/^line 3: "-bad-\.example"/),
  ]);
});

test.each(["", "\n\n", "# only a comment\n"])("%j is an empty list", async (text) => {
  await expect(read(text)).rejects.toThrow(UsageError);
});

test("a list may be large, but not endless", async () => {
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(65_536, "example.com\n");
    })(),
  );
  await expect(readTargets(endless, parseMailTarget, signal)).rejects.toThrow("1 MiB");
  await expect(read("a.example\n".repeat(10_001))).rejects.toThrow("10000");
});

test("of arguments each target counts once, and an impossible one stops everything", () => {
  expect(parseTargets(["example.com", "EXAMPLE.com."], parseMailTarget).targets).toHaveLength(1);
  expect(() => parseTargets(["example.com", "exa mple"], parseMailTarget)).toThrow(UsageError);
});
