import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { expect, test } from "vitest";

const cli = resolve(import.meta.dirname, "../../src/cli");

/** All that is loaded before a command is chosen: packages by name, own files by path. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(file, "utf8");
  const imports = text.matchAll(/^(?:import|export) (?!type\b)[^;"]*? from "([^"]+)"/gm);
  for (const [, specifier = ""] of imports) {
    if (specifier.startsWith(".")) loadedWith(resolve(dirname(file), specifier), found);
    else found.add(specifier);
  }
  return found;
}

const packages = (file: string): string[] =>
  [...loadedWith(resolve(cli, file))].filter((name) => !/^(\/|[A-Z]:|node:)/.test(name));

test("the version is printed without any package", () => {
  expect(packages("main.ts")).toEqual([]);
});

test("help loads commander and nothing else", () => {
  expect(packages("run.ts")).toEqual(["commander"]);
});

test("colours and tables are loaded when a report is drawn on a terminal", () => {
  expect(packages("examine.ts")).not.toContain("chalk");
  expect(packages("../report/terminal.ts")).toEqual(["chalk"]);
  expect(packages("../report/terminal/table.ts")).toContain("cli-table3");
});
