import { fitReport, withoutTranscripts } from "./fit.ts";
import type { Reporter } from "./reporter.ts";

/** One report a line, as soon as its target is finished; transcripts only in verbose style. */
export const ndjson: Reporter = async function* (reports, { verbose }) {
  for await (const report of reports)
    yield `${fitReport(verbose ? report : withoutTranscripts(report))}\n`;
};
