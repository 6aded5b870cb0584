import { allChecks as checks } from "../../checks/index.ts";
import type { Check } from "../../core/check.ts";
import { UsageError } from "../../core/errors.ts";
import { reportSchema } from "../../report/schema.ts";
import { blank, drawLines, type Line } from "../../report/terminal/layout.ts";
import { exitCodes } from "../exit.ts";
import { write, type Io } from "../io.ts";
import { nearest } from "../nearest.ts";
import { screenStyle } from "../style.ts";
import { shown } from "../values.ts";
import { termLines, termListLines } from "./explain-term.ts";

interface Options {
  readonly schema?: boolean;
  readonly color?: boolean;
}

/**
 * `explain`: what there is to explain, one check in full, what SMTP replies and extensions mean, or
 * the JSON Schema of a report.
 */
export async function explain(
  topics: readonly string[],
  options: Options,
  io: Io,
): Promise<number> {
  if (options.schema === true && topics.length > 0)
    throw new UsageError("--schema and a topic contradict each other");
  const style = screenStyle(io, { color: options.color, verbose: false });
  if (options.schema === true) await write(io.stdout, `${JSON.stringify(reportSchema, null, 2)}\n`);
  else {
    const lines =
      topics.length === 0
        ? listLines()
        : topics
            .map((topic) => termLines(topic) ?? checkLines(find(topic)))
            .flatMap((part, index) => (index === 0 ? part : [blank, ...part]));
    await write(io.stdout, drawLines(lines, style));
  }
  return exitCodes.good;
}

/** Accepts what a report prints: "mx/alias-target" or "mx/alias-target:message". */
function find(typed: string): Check {
  const id = typed.split(":")[0] ?? "";
  const check = checks.find((candidate) => candidate.id === id);
  if (check) return check;
  const close = nearest(
    id,
    checks.map((candidate) => candidate.id),
  );
  const hint = close === undefined ? "; maildoctor explain lists all" : `; did you mean ${close}?`;
  throw new UsageError(`there is no check, reply code or extension "${shown(typed)}"${hint}`);
}

function listLines(): Line[] {
  const column = Math.max(...checks.map(({ id }) => id.length)) + 2;
  const rows = checks.map(({ id, title }): Line => ({
    label: id.padEnd(column),
    labelTone: "strong",
    text: title,
  }));
  return [{ text: "Checks", tone: "strong" }, ...rows, ...termListLines()];
}

function checkLines({ id, title, explain: told, messages, specs }: Check): Line[] {
  const part = (label: string, text: string): Line[] => [
    blank,
    { text: label, tone: "strong" },
    { indent: 2, text },
  ];
  return [
    { label: `${id}  `, labelTone: "strong", text: title },
    ...part("What is looked at", told.what),
    ...part("Why it matters", told.why),
    ...part("How to fix it", told.fix),
    ...part("What it cannot see", told.blind),
    ...part("What looks like it and is none", told.falseAlarm),
    blank,
    { text: "Messages", tone: "strong" },
    ...Object.entries(messages).flatMap(([name, { severity, text, fix }]): Line[] => [
      { indent: 2, label: `${name} (${severity})  `, labelTone: severity, text: readable(text) },
      ...(fix === "" ? [] : [{ indent: 4, label: "Fix: ", text: readable(fix) }]),
    ]),
    blank,
    { text: "Specifications", tone: "strong" },
    ...specs.map(({ ref, level }): Line => ({ indent: 2, text: `${ref} (${level})` })),
  ];
}

/** A template for people: "{host} {is:is|are} down" becomes "<host> is down". */
function readable(template: string): string {
  return template
    .replace(/\{\w+:([^|{}]*)\|[^{}]*\}/g, "$1")
    .replace(/\{(\w+)\}/g, (_all, name: string) => `<${name}>`);
}
