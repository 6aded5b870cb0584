import type { Reporter } from "./reporter.ts";

/** The reporters by the name of their format: how each is loaded, and whether it waits for the order of the input. */
export const reporters = {
  terminal: {
    extension: ".txt",
    order: "input",
    load: async () => (await import("./terminal.ts")).terminal,
  },
  json: {
    extension: ".json",
    order: "input",
    load: async () => (await import("./json.ts")).json,
  },
  ndjson: {
    extension: ".ndjson",
    order: "finished",
    load: async () => (await import("./ndjson.ts")).ndjson,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof reporters;

interface Format {
  /** The file name extension that chooses this format. */
  readonly extension: string;
  /** "finished": each report is written as soon as its target is done. */
  readonly order: "input" | "finished";
  load(): Promise<Reporter>;
}

/** The names of the formats, for help texts and error messages. */
export const formatNames = Object.keys(reporters) as readonly FormatName[];

/** True when the text names a format. */
export function isFormatName(text: string): text is FormatName {
  return Object.hasOwn(reporters, text);
}
