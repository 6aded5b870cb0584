import type { Observation, Timings } from "../core/observation.ts";
import type { Report } from "../core/report.ts";

/** The server that took longest, and the stage in which it did. */
export interface SlowestServer {
  readonly host: string;
  readonly ip: string;
  readonly ms: number;
  /** "greeting", "TLS handshake", or the command: "RCPT TO:<…>". */
  readonly stage: string;
  readonly stageMs: number;
}

/** The slowest of the servers visited; undefined where fewer than one was. */
export function slowestServer({ observations }: Report): SlowestServer | undefined {
  const totals = new Map<string, { observations: Observation[]; ms: number }>();
  for (const observation of observations) {
    const { kind, outcome, subject, durationMs } = observation;
    if (!kind.startsWith("smtp-") || outcome === "skipped") continue;
    const key = `${subject.host} ${subject.ip}`;
    const total = totals.get(key) ?? { observations: [], ms: 0 };
    total.observations.push(observation);
    total.ms += durationMs;
    totals.set(key, total);
  }
  const [slowest] = [...totals.values()].toSorted((a, b) => b.ms - a.ms);
  const subject = slowest?.observations[0]?.subject;
  if (slowest === undefined || subject === undefined) return undefined;
  const stages = slowest.observations.flatMap(({ timings }) => stagesOf(timings));
  const [longest] = stages.toSorted((a, b) => b.ms - a.ms);
  const { host = subject.ip ?? "", ip = "" } = subject;
  return {
    host,
    ip,
    ms: slowest.ms,
    stage: longest?.stage ?? "connection",
    stageMs: longest?.ms ?? slowest.ms,
  };
}

/** Every stage of a session with its milliseconds, in order; the wait for a free slot is ours. */
export function stagesOf(timings: Timings): { readonly stage: string; readonly ms: number }[] {
  const { connectMs, greetingMs, tlsMs, commands = [] } = timings;
  const stages: [string, number | undefined][] = [
    ["connection", connectMs],
    ["greeting", greetingMs],
    ["TLS handshake", tlsMs],
    // Nothing waits for the answer to QUIT.
    ...commands
      .filter(({ command }) => command !== "QUIT")
      .map(({ command, ms }): [string, number] => [command, ms]),
  ];
  return stages.flatMap(([stage, ms]) => (ms === undefined ? [] : [{ stage, ms }]));
}
