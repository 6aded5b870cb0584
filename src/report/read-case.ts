import { UsageError } from "../core/errors.ts";
import { schemaVersion, type Report } from "../core/report.ts";

/** A case file may hold so many octets. */
export const caseBytes = 256 * 1024 * 1024;

/**
 * Reads the reports of a case: one report, `{schemaVersion, reports}` as JSON has it for several,
 * or one report a line (NDJSON). Older schema versions are read. Throws UsageError with one line
 * for anything else; what it returns has the shape that judging needs.
 */
export function readCase(text: string): readonly Report[] {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") throw new UsageError("the case is empty");
  const whole = parse(trimmed);
  const values =
    whole === undefined
      ? trimmed.split(/\r?\n/).map((line) => parse(line))
      : isObject(whole) && Array.isArray(whole["reports"])
        ? (whole["reports"] as readonly unknown[])
        : [whole];
  return values.map((value, index) =>
    checkReport(value, values.length > 1 ? index + 1 : undefined),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function checkReport(value: unknown, number: number | undefined): Report {
  const refuse = (why: string): never => {
    const which = number === undefined ? "the case" : `report ${number} of the case`;
    throw new UsageError(`${which} is no report of maildoctor: ${why}`);
  };
  if (!isObject(value)) return refuse("it is no JSON object");
  const version = value["schemaVersion"];
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1)
    return refuse("it has no schemaVersion");
  if (version > schemaVersion)
    return refuse(
      `its schemaVersion is ${version}, and this maildoctor reads up to ${schemaVersion}`,
    );
  const { target, startedAt, observations, options, summary } = value;
  if (
    !isObject(target) ||
    typeof target["domain"] !== "string" ||
    typeof target["unicode"] !== "string"
  )
    return refuse("it names no target");
  if (typeof startedAt !== "string" || Number.isNaN(Date.parse(startedAt)))
    return refuse("it does not say when it was made");
  if (typeof value["exam"] !== "string" || typeof value["durationMs"] !== "number")
    return refuse("it does not say what was examined");
  if (!isObject(options) || !isObject(summary) || !isObject(value["tool"]))
    return refuse("its options, tool or summary are missing");
  if (!Array.isArray(observations) || !observations.every(isObservation))
    return refuse("its observations are missing or damaged");
  return value as unknown as Report;
}

function isObservation(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, kind, subject, outcome, data, dependsOn, timings } = value;
  return (
    typeof id === "string" &&
    typeof kind === "string" &&
    typeof outcome === "string" &&
    isObject(subject) &&
    isObject(timings) &&
    (data === null || isObject(data)) &&
    Array.isArray(dependsOn)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
