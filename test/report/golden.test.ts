import { expect, test } from "vitest";
import { json } from "../../src/report/json.ts";
import { ndjson } from "../../src/report/ndjson.ts";
import { terminal } from "../../src/report/terminal.ts";
import { cases } from "../kit/cases.ts";
import { draw } from "./drawing.ts";

const fixtures = "../../fixtures";
const drawn = Object.entries(cases);

test.each(drawn)("the terminal shows %s as kept", async (name, report) => {
  const text = await draw(terminal, [report]);
  await expect(text).toMatchFileSnapshot(`${fixtures}/expected/${name}.txt`);
});

test.each(drawn)("the terminal shows %s verbosely as kept", async (name, report) => {
  const text = await draw(terminal, [report], { verbose: true });
  await expect(text).toMatchFileSnapshot(`${fixtures}/expected/${name}.verbose.txt`);
});

test.each(drawn)("the JSON of %s is as kept", async (name, report) => {
  const text = await draw(json, [report]);
  await expect(text).toMatchFileSnapshot(`${fixtures}/cases/${name}.json`);
});

test("several targets end in one table", async () => {
  const text = await draw(terminal, Object.values(cases));
  await expect(text.slice(text.lastIndexOf("\n\n") + 1)).toMatchFileSnapshot(
    `${fixtures}/expected/several.txt`,
  );
});

test("ndjson is one line a report, as kept", async () => {
  const reports = Object.values(cases);
  const text = await draw(ndjson, reports);
  expect(text.split("\n")).toHaveLength(reports.length + 1);
  await expect(text).toMatchFileSnapshot(`${fixtures}/expected/several.ndjson`);
});
