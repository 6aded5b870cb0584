import { schemaVersion } from "../core/report.ts";
import { fitReport } from "./fit.ts";
import type { Reporter } from "./reporter.ts";

/**
 * One JSON document: the report verbatim for one target, `{schemaVersion, reports}` for several.
 * The document is closed also when the run is cut short.
 */
export const json: Reporter = async function* (reports, { several }) {
  if (!several) {
    for await (const report of reports) yield `${fitReport(report)}\n`;
    return;
  }
  yield `{"schemaVersion":${schemaVersion},"reports":[`;
  let separator = "\n";
  for await (const report of reports) {
    yield separator + fitReport(report);
    separator = ",\n";
  }
  yield "\n]}\n";
};
