import { failureTitle, stages } from "../core/failure.ts";
import { severities } from "../core/finding.ts";
import { schemaVersion } from "../core/report.ts";

/** The schema of one value inside the document. */
type Schema = Readonly<Record<string, unknown>>;

const string: Schema = { type: "string" };
const boolean: Schema = { type: "boolean" };
const number: Schema = { type: "number" };
const milliseconds: Schema = { type: "number", minimum: 0 };
const count: Schema = { type: "integer", minimum: 0 };
const time: Schema = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d" };
const port: Schema = { type: "integer", minimum: 1, maximum: 65_535 };

function arrayOf(items: Schema): Schema {
  return { type: "array", items };
}
/** An object with these properties and any others: additions do not break a reader. */
function object(
  required: Readonly<Record<string, Schema>>,
  optional: typeof required = {},
): Schema {
  const properties = { ...required, ...optional };
  return { type: "object", required: Object.keys(required), properties };
}
function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}
function oneOf(values: readonly string[]): Schema {
  return { enum: values };
}

const skipReasons = [
  "not-requested",
  "not-applicable",
  "depends-on",
  "budget",
  "deadline",
  "aborted",
] as const;

const definitions: Readonly<Record<string, Schema>> = {
  target: object(
    {
      kind: oneOf(["domain", "address", "service"]),
      input: string,
      domain: string,
      unicode: string,
    },
    { localPart: string, host: string, port },
  ),
  subject: object({}, { domain: string, host: string, ip: string, port, serverName: string }),
  reply: object({ code: count, lines: arrayOf(string) }, { enhanced: string, command: string }),
  failure: object(
    { stage: oneOf(stages), code: oneOf(Object.keys(failureTitle)), message: string },
    { reply: ref("reply"), permanent: boolean, errno: string },
  ),
  cause: {
    anyOf: [object({ failure: ref("failure") }), object({ skipped: oneOf(skipReasons) })],
  },
  timings: object(
    {},
    {
      slotWaitMs: milliseconds,
      dnsMs: milliseconds,
      connectMs: milliseconds,
      greetingMs: milliseconds,
      tlsMs: milliseconds,
      commands: arrayOf(object({ command: string, ms: milliseconds })),
    },
  ),
  transcriptEntry: object(
    { atMs: number, from: oneOf(["C", "S", "=", "!"]), text: string, encrypted: boolean },
    { unexpected: boolean },
  ),
  observation: object(
    {
      id: string,
      kind: string,
      subject: ref("subject"),
      startedAtMs: number,
      durationMs: milliseconds,
      outcome: oneOf(["ok", "failed", "skipped"]),
      data: { type: ["object", "null"] },
      dependsOn: arrayOf(string),
      timings: ref("timings"),
    },
    {
      failure: ref("failure"),
      skipReason: oneOf(skipReasons),
      transcript: arrayOf(ref("transcriptEntry")),
    },
  ),
  record: object({ name: string, type: string, value: string }),
  finding: {
    ...object(
      {
        checkId: { type: "string", pattern: "^[a-z0-9-]+/[a-z0-9-]+$" },
        verdict: oneOf(["pass", "problem", "inconclusive", "not-applicable"]),
        subject: ref("subject"),
        data: { type: "object" },
        cites: { type: "array", items: string, minItems: 1 },
        fingerprint: string,
        text: string,
        fix: string,
      },
      {
        message: string,
        severity: oneOf(severities),
        because: object({ observation: string, cause: ref("cause") }),
        atStake: oneOf(severities),
        records: arrayOf(ref("record")),
      },
    ),
    allOf: [
      requiredFor("problem", ["message", "severity"]),
      requiredFor("inconclusive", ["because"]),
    ],
  },
  rootCause: object({
    observation: string,
    cause: ref("cause"),
    text: string,
    advice: string,
    checkIds: arrayOf(string),
  }),
  summary: object({
    headline: { type: "string", minLength: 1 },
    problems: object({ note: count, warning: count, error: count }),
    inconclusive: count,
    passed: count,
    notApplicable: count,
    rootCauses: arrayOf(ref("rootCause")),
    ended: oneOf(["complete", "deadline", "aborted"]),
  }),
  report: object({
    schemaVersion: { const: schemaVersion },
    tool: object({ name: { const: "maildoctor" }, version: string, node: string }),
    target: ref("target"),
    exam: string,
    startedAt: time,
    durationMs: milliseconds,
    options: { type: "object" },
    observations: arrayOf(ref("observation")),
    findings: arrayOf(ref("finding")),
    summary: ref("summary"),
  }),
  reports: object({ schemaVersion: { const: schemaVersion }, reports: arrayOf(ref("report")) }),
};

/** These properties, where the verdict is this one. */
function requiredFor(verdict: string, required: readonly string[]): Schema {
  return { anyOf: [{ properties: { verdict: { not: { const: verdict } } } }, { required }] };
}

/**
 * The JSON Schema of what `--format json` writes: one report, or several in an envelope. Additive
 * within a schema version: unknown properties are allowed everywhere.
 * spec: JSON Schema 2020-12
 */
export const reportSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "maildoctor report",
  anyOf: [ref("report"), ref("reports")],
  $defs: definitions,
} as const;
