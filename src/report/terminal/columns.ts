import type { Line, Tone } from "./layout.ts";

/** Columns that the words of the left margin take: "WARNING  ". */
export const margin = 9;

/** The first line of an entry: its word in the left margin, then what it is about. */
export function entry(word: string, tone: Tone, text: string): Line {
  return { label: word.padEnd(margin), labelTone: tone, text, tone: "strong" };
}

/** A line of an entry's body. */
export function body(text: string, more: Omit<Line, "text" | "indent"> = {}): Line {
  return { indent: margin, text, ...more };
}

/** A fingerprint is there to be copied. */
const digest = /^[0-9a-f]{64}$/;

/** Rows of "name  value", the values aligned; rows without a value are left out. */
export function facts(
  rows: readonly (readonly [name: string, value: string | undefined])[],
  indent: number,
): Line[] {
  const present = rows.filter(([, value]) => value !== undefined && value !== "");
  const column = Math.max(0, ...present.map(([name]) => name.length)) + 2;
  return present.map(([name, value = ""]) => ({
    indent,
    label: name.padEnd(column),
    labelTone: "dim",
    text: value,
    tone: "plain",
    whole: digest.test(value),
  }));
}
