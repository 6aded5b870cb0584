import { takeWidth, textWidth } from "./width.ts";

/**
 * Breaks a text into lines of at most so many columns, at spaces where possible and inside a word
 * only where it is longer than a line. Runs of spaces inside a line are kept. At least one line.
 */
export function wrap(text: string, columns: number): string[] {
  const room = Math.max(2, columns);
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/ +|[^ ]+/g) ?? []) {
    if (textWidth(line) + textWidth(word) <= room) {
      line += word;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trimEnd());
    line = word.startsWith(" ") ? "" : word;
    while (textWidth(line) > room) {
      const part = takeWidth(line, room);
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  if (line.trim() !== "" || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}
