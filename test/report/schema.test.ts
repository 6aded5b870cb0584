import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { json } from "../../src/report/json.ts";
import { ndjson } from "../../src/report/ndjson.ts";
import { reportSchema } from "../../src/report/schema.ts";
import { cases } from "../kit/cases.ts";
import { draw } from "./drawing.ts";

const validate = new Ajv2020({ allErrors: true }).compile(reportSchema);

function faults(text: string): unknown {
  return validate(JSON.parse(text)) ? [] : validate.errors;
}

test.each(Object.entries(cases))("the JSON of %s fits the schema", async (_name, report) => {
  expect(faults(await draw(json, [report]))).toEqual([]);
  expect(faults(await draw(json, [report], { several: true }))).toEqual([]);
  expect(faults(await draw(ndjson, [report]))).toEqual([]);
});

test("a list without any report is a document of its own", async () => {
  const text = await draw(json, [], { several: true });
  expect(JSON.parse(text)).toEqual({ schemaVersion: 1, reports: [] });
  expect(faults(text)).toEqual([]);
});

test("properties that a later version adds are allowed", () => {
  const report = { ...cases["healthy"], novelty: { depth: 1 } };
  expect(validate(report)).toBe(true);
});

test("a problem without severity does not fit the schema", () => {
  const report = JSON.parse(JSON.stringify(cases["starttls-missing"])) as {
    findings: { severity?: string }[];
  };
  delete report.findings[0]?.severity;
  expect(validate(report)).toBe(false);
});
