/** The columns that a text takes in a terminal: wide characters count two, combining marks none. */
export function textWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

/** The text cut to so many columns, ending in the mark where something was cut. */
export function cutToWidth(text: string, columns: number, mark = "…"): string {
  if (textWidth(text) <= columns) return text;
  return takeWidth(text, Math.max(0, columns - textWidth(mark))) + mark;
}

/** The longest beginning of the text that fits into so many columns. */
export function takeWidth(text: string, columns: number): string {
  let taken = "";
  let used = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > columns) break;
    taken += character;
  }
  return taken;
}

function characterWidth(character: string): number {
  if (/^[\x20-\x7e]$/.test(character)) return 1;
  if (/^\p{M}$/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

// spec: Unicode Standard Annex 11, the blocks of East Asian Wide and Fullwidth, and emoji.
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;
