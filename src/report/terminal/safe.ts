/**
 * Returns text that a terminal cannot obey: the last net under text that was escaped where it came
 * in, so a backslash stays as it is. Control, invisible and bidirectional characters, odd spaces
 * and line breaks become visible escapes. Without `unicode`, the marks of our own texts become
 * ASCII and every other character beyond it an escape.
 */
export function safe(text: string, unicode: boolean): string {
  const clean = text.replace(unsafe, visible);
  return unicode ? clean : clean.replace(/[^\x20-\x7e]/gu, (mark) => plain[mark] ?? visible(mark));
}

const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const plain: Readonly<Record<string, string>> = {
  "…": "...",
  "→": "->",
  "–": "-",
  "—": "-",
  "’": "'",
  "“": '"',
  "”": '"',
  "·": "-",
  "•": "-",
  "≥": ">=",
  "≤": "<=",
};

function visible(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const hex = point.toString(16);
  return point <= 0xff ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
}
