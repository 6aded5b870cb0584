import { Chalk, type ChalkInstance } from "chalk";
import type { Style } from "../reporter.ts";
import { safe } from "./safe.ts";
import { textWidth } from "./width.ts";
import { wrap } from "./wrap.ts";

/** What a piece of text is, for its colour; never the only carrier of a meaning. */
export type Tone = "plain" | "strong" | "dim" | "error" | "warning" | "note" | "good" | "unknown";

/** One paragraph of a page. */
export interface Line {
  readonly text: string;
  readonly tone?: Tone;
  /** Columns before the label. */
  readonly indent?: number;
  /** Stands before the text; the paragraph's other lines are aligned to the text. */
  readonly label?: string;
  readonly labelTone?: Tone;
  /** Never broken, so that it can be copied. */
  readonly whole?: boolean;
}

/** An empty line. */
export const blank: Line = { text: "" };

/**
 * Draws paragraphs within the width of the style, each ended by a line feed. Every text passes the
 * gate against control characters here.
 */
export function drawLines(lines: readonly Line[], style: Pick<Style, DrawnBy>): string {
  const paint = painter(style.colour);
  return lines.map((line) => drawLine(line, style, paint)).join("");
}

type DrawnBy = "width" | "colour" | "unicode";
type Paint = (tone: Tone, text: string) => string;

function drawLine(line: Line, { width, unicode }: Pick<Style, DrawnBy>, paint: Paint): string {
  const { tone = "plain", labelTone = tone, indent = 0, whole = false } = line;
  const label = safe(line.label ?? "", unicode);
  const text = safe(line.text, unicode);
  // On a very narrow terminal, the text goes below its label instead of beside it.
  const beside = textWidth(label) + indent <= Math.max(width - 24, width / 2);
  const hang = beside ? indent + textWidth(label) : Math.min(indent, Math.floor(width / 2)) + 2;
  const rows = whole ? [text] : wrap(text, width - hang);
  const first = " ".repeat(indent) + paint(labelTone, label);
  const painted = rows.map((row) => paint(tone, row));
  if (!beside) painted.unshift("");
  const drawn = painted.map((row, index) => (index === 0 ? first : " ".repeat(hang)) + row);
  return `${drawn.map((row) => row.trimEnd()).join("\n")}\n`;
}

function painter(colour: boolean): Paint {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const tones: Readonly<Record<Tone, ChalkInstance | undefined>> = {
    plain: undefined,
    strong: chalk.bold,
    dim: chalk.dim,
    error: chalk.bold.red,
    warning: chalk.bold.yellow,
    note: chalk.bold.cyan,
    good: chalk.bold.green,
    unknown: chalk.bold.magenta,
  };
  return (tone, text) => (text.trim() === "" ? text : (tones[tone]?.(text) ?? text));
}
