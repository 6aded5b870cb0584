import type { Observation, TranscriptEntry } from "../core/observation.ts";
import type { Report } from "../core/report.ts";
import { serialize } from "./serialize.ts";

/** The most octets that one report may take as JSON. */
export const reportBytes = 8 * 1024 * 1024;

/**
 * Returns the report's JSON within the limit. What is too large loses the middle of its
 * transcripts first, then the transcripts, then the tails of long lists and texts in the data;
 * each cut is marked where it was made.
 */
export function fitReport(report: Report, limit = reportBytes): string {
  const steps: readonly ((observation: Observation) => Observation)[] = [
    (observation) => shortenTranscript(observation, 20),
    (observation) => shortenTranscript(observation, 0),
    (observation) => ({ ...observation, data: shortenData(observation.data, 64, 1024) }),
    (observation) => ({ ...observation, data: shortenData(observation.data, 8, 128) }),
    (observation) => ({ ...observation, data: null }),
  ];
  let fitting = report;
  let text = serialize(fitting);
  for (const step of steps) {
    if (Buffer.byteLength(text) <= limit) break;
    fitting = { ...fitting, observations: fitting.observations.map((one) => step(one)) };
    text = serialize(fitting);
  }
  return text;
}

/** The report without transcripts. */
export function withoutTranscripts(report: Report): Report {
  const observations = report.observations.map(({ transcript: _dropped, ...rest }) => rest);
  return { ...report, observations };
}

function shortenTranscript(observation: Observation, kept: number): Observation {
  const { transcript } = observation;
  if (transcript === undefined || transcript.length <= 2 * kept + 1) return observation;
  const head = transcript.slice(0, kept);
  const tail = transcript.slice(transcript.length - kept);
  const left = transcript.length - head.length - tail.length;
  const mark: TranscriptEntry = {
    atMs: transcript[kept]?.atMs ?? 0,
    from: "=",
    text: `${left} lines left out to keep the report within its size limit`,
    encrypted: false,
  };
  return { ...observation, transcript: [...head, mark, ...tail] };
}

function shortenData<T>(value: T, items: number, characters: number): T;
function shortenData(value: unknown, items: number, characters: number): unknown {
  if (typeof value === "string")
    return value.length > characters ? `${value.slice(0, characters)}…` : value;
  if (Array.isArray(value))
    return value.slice(0, items).map((item: unknown) => shortenData(item, items, characters));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, shortenData(item, items, characters)]),
  );
}
