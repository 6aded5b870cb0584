import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allChecks } from "../src/checks/index.ts";
import { severities } from "../src/core/finding.ts";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** A row for each check: its id, what it examines, and its messages with their severities. */
function checkTable(): string {
  const rows = allChecks.map(({ id, title, messages }) => {
    const worstFirst = Object.entries(messages).toSorted(
      ([, a], [, b]) => severities.indexOf(b.severity) - severities.indexOf(a.severity),
    );
    const shown = worstFirst.map(([message, { severity }]) => `${message} (${severity})`);
    return `| \`${id}\` | ${title} | ${shown.join(", ")} |`;
  });
  return ["| check | what is examined | problems |", "| --- | --- | --- |", ...rows].join("\n");
}

// Refresh with: npx vitest run test/readme.test.ts -u
test("the table of checks in the README is that of the checks", async () => {
  const markers = /<!-- checks -->[\s\S]*<!-- \/checks -->/;
  expect(readme).toMatch(markers);
  const fresh = readme.replace(
    markers,
    () => `<!-- checks -->\n\n${checkTable()}\n\n<!-- /checks -->`,
  );
  await expect(fresh).toMatchFileSnapshot(join(root, "README.md"));
});

test("the two commands of the README are the scripts that the package has", () => {
  const { bin, scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    bin: Record<string, string>;
    scripts: Record<string, string>;
  };
  expect(readme).toContain("npm ci && npx maildoctor demo\n");
  expect(readme).toContain("npm ci && npm test\n");
  expect(Object.keys(bin)).toEqual(["maildoctor"]);
  expect(scripts).toHaveProperty("test");
  expect(scripts).toHaveProperty("prepare");
});

test("the production tree is small and runs nothing at install time", () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; hasInstallScript?: boolean; dependencies?: object }>;
  };
  const production = Object.entries(lock.packages).filter(([name, { dev }]) => name !== "" && !dev);
  expect(Object.keys(lock.packages[""]?.dependencies ?? {}).toSorted()).toEqual([
    "chalk",
    "cli-table3",
    "commander",
    "dns-packet",
    "dns2",
    "ora",
  ]);
  expect(production.length).toBeLessThanOrEqual(32);
  expect(production.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
});
