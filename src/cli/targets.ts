import type { Readable } from "node:stream";
import { addAbortSignal } from "node:stream";
import { UsageError } from "../core/errors.ts";
import type { Target } from "../core/target.ts";

/** A list on standard input: at most so many octets and targets. */
const most = { bytes: 1024 * 1024, targets: 10_000 };

/** Targets, and a line for each input that names none. */
export interface TargetList {
  readonly targets: readonly Target[];
  readonly faults: readonly string[];
}

/** Parses the arguments, each target once. Throws UsageError for the first impossible one. */
export function parseTargets(
  inputs: readonly string[],
  parse: (input: string) => Target,
): TargetList {
  return { targets: unique(inputs.map((input) => parse(input))), faults: [] };
}

/**
 * Reads one target a line; blank lines and what follows `#` do not count. Impossible lines are
 * returned as faults that name their line. Throws UsageError when no line names anything.
 */
export async function readTargets(
  input: Readable,
  parse: (input: string) => Target,
  signal: AbortSignal,
): Promise<TargetList> {
  const lines = (await readText(input, signal)).split(/\r\n|\n|\r/);
  const targets: Target[] = [];
  const faults: string[] = [];
  lines.forEach((line, index) => {
    const text = line.replace(/(^|\s)#.*$/, "").trim();
    if (text === "") return;
    try {
      targets.push(parse(text));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push(`line ${index + 1}: ${error.message}`);
    }
  });
  if (targets.length + faults.length === 0)
    throw new UsageError("the list on standard input is empty");
  if (targets.length > most.targets)
    throw new UsageError(`the list on standard input names more than ${most.targets} targets`);
  return { targets: unique(targets), faults };
}

async function readText(input: Readable, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of addAbortSignal(signal, input)) {
    const part = Buffer.from(chunk as Uint8Array | string);
    bytes += part.length;
    if (bytes > most.bytes) throw new UsageError("the list on standard input is larger than 1 MiB");
    chunks.push(part);
  }
  return Buffer.concat(chunks)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
}

function unique(targets: readonly Target[]): Target[] {
  const seen = new Map<string, Target>();
  for (const target of targets) {
    const { localPart = "", domain, port = "" } = target;
    const key = `${localPart}@${domain}:${port}`;
    if (!seen.has(key)) seen.set(key, target);
  }
  return [...seen.values()];
}
