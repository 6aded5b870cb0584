import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Report } from "../../src/core/report.ts";
import { terminal } from "../../src/report/terminal.ts";
import { facts } from "../../src/report/terminal/columns.ts";
import { drawLines } from "../../src/report/terminal/layout.ts";
import { textWidth } from "../../src/report/terminal/width.ts";
import { cases, problem, report } from "../kit/cases.ts";
import { draw } from "./drawing.ts";

const all = Object.entries(cases);

test.each(all)("%s fits into 80 columns, records to copy apart", async (_name, shown) => {
  for (const verbose of [false, true]) {
    const text = await draw(terminal, [shown], { verbose });
    const wide = text.split("\n").filter((line) => textWidth(line) > 80 && !/ IN \w+ /.test(line));
    expect(wide).toEqual([]);
  }
});

test("any text fits into any width", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.integer({ min: 40, max: 100 }),
      async (text, width) => {
        const drawn = await draw(terminal, [withText(text)], { width });
        for (const line of drawn.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test("no text brings a character that a terminal obeys", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 100 }), async (text) => {
      const drawn = await draw(terminal, [withText(text)], { verbose: true });
      expect(drawn).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
    }),
  );
});

test("colours are the only escapes, and take nothing from the words", async () => {
  for (const [, shown] of all) {
    const coloured = await draw(terminal, [shown], { colour: true });
    expect(coloured).toContain("\u001b[");
    const plain = coloured.replace(/\u001b\[\d+(;\d+)*m/g, "");
    expect(plain).toBe(await draw(terminal, [shown]));
  }
});

test("without UTF-8 everything is ASCII", async () => {
  for (const [, shown] of all)
    expect(await draw(terminal, [shown], { unicode: false, verbose: true })).toMatch(
      /^[\x20-\x7e\n]*$/,
    );
});

test("the verdict sentence is the first line, and the worst problem the first entry", async () => {
  const text = await draw(terminal, [cases["many-problems"]!], { width: 100 });
  expect(text.split("\n")[0]).toMatch(/^Mail to example\.com is lost/);
  expect(text.match(/^(ERROR|WARNING|NOTE|PASSED)/gm)).toEqual([
    "ERROR",
    "ERROR",
    "WARNING",
    "WARNING",
    "PASSED",
  ]);
});

test("hosts with the same problem share one entry, its advice said once", async () => {
  const text = await draw(terminal, [cases["many-problems"]!]);
  expect(text.match(/Fix: Switch TLS on/g)).toHaveLength(1);
  expect(text).toContain("mx2.example.com (192.0.2.2 and 2001:db8::2)");
});

test("a backslash that stands for an escape is not escaped again", async () => {
  const text = await draw(terminal, [withText(String.raw`it said \x1b[0m and C:\\x`)]);
  expect(text).toContain(String.raw`it said \x1b[0m and C:\\x`);
});

test("what is there to be copied is not broken by a narrow terminal", async () => {
  const id = "tls/certificate-untrusted";
  const finding = problem(id, "incomplete-chain", "warning", { host: "mx.example.com" }, "Text.");
  const text = await draw(terminal, [report("Mail arrives", [], [finding])], { width: 40 });
  expect(text).toContain(`${id}:incomplete-chain\n`);
  const sha256 = "ab".repeat(32);
  const [line] = facts([["SHA-256", sha256]], 4);
  expect(drawLines(line ? [line] : [], { width: 40, colour: false, unicode: true })).toContain(
    sha256,
  );
});

test("where no server was to be contacted the last line says so", async () => {
  const left = { kind: "smtp-hello", outcome: "skipped", skipReason: "not-requested" };
  const text = await draw(terminal, [report("The DNS names them", [left], [])]);
  expect(text).toMatch(/^no server contacted · /m);
});

test("more than five hosts are not all listed", async () => {
  const findings = Array.from({ length: 9 }, (_item, n) =>
    problem("smtp/slow", "slow", "note", { host: `mx${n}.example.com` }, `mx${n} is slow.`),
  );
  const text = await draw(terminal, [report("Mail arrives", [], findings)]);
  expect(text).toMatch(/mx3\.example\.com and\s+5 more/);
  expect(text).toContain("and 4 more");
});

function withText(text: string): Report {
  return report(
    text,
    [],
    [problem("mx/missing", "none", "error", { domain: text }, text, { fix: text })],
    {
      rootCauses: [
        {
          observation: "x",
          cause: { skipped: "deadline" },
          text,
          advice: text,
          checkIds: ["mx/missing"],
        },
      ],
    },
  );
}
