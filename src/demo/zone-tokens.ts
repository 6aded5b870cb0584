/** One word of a master file, with its escapes still in it. */
export interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

/** One entry of a master file: a record or a directive. */
export interface Entry {
  readonly line: number;
  readonly tokens: readonly Token[];
  /** The line began with white space, so the owner is that of the record before. */
  readonly sameOwner: boolean;
  readonly problem?: string;
}

/**
 * Cuts a master file into entries: quoted strings, comments, and parentheses that continue an entry
 * over line ends. An entry with an unclosed quote or parenthesis carries a problem.
 * spec: RFC 1035 5.1
 */
export function tokenize(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  let tokens: Token[] = [];
  let line = 1;
  let start = 1;
  let depth = 0;
  let sameOwner = false;
  let fault: string | undefined;

  const finish = (): void => {
    if (depth !== 0) fault ??= depth > 0 ? "a parenthesis is not closed" : "a stray parenthesis";
    if (tokens.length > 0 || fault !== undefined)
      entries.push({
        line: start,
        tokens,
        sameOwner,
        ...(fault === undefined ? {} : { problem: fault }),
      });
    tokens = [];
    depth = 0;
    fault = undefined;
  };

  const word =
    /"((?:[^"\\\n]|\\[^\n])*)("?)|((?:[^\s"();\\]|\\[^\n])+)|\n|[ \t\r\f\v]+|;[^\n]*|[()\\]/gy;
  let atLineStart = true;
  for (const match of text.matchAll(word)) {
    const [all, quoted, closing, bare] = match;
    if (all === "\n") {
      if (depth <= 0) finish();
      line += 1;
      atLineStart = true;
      continue;
    }
    if (atLineStart && tokens.length === 0 && depth === 0) {
      start = line;
      sameOwner = /^\s/.test(all);
    }
    atLineStart = false;
    if (all === "(") depth += 1;
    else if (all === ")") depth -= 1;
    else if (bare !== undefined) tokens.push({ text: bare, quoted: false });
    else if (quoted !== undefined) {
      if (closing === "") fault ??= "a quoted string is not closed";
      tokens.push({ text: quoted, quoted: true });
    } else if (all === "\\") fault ??= "a backslash at the end of a line";
  }
  finish();
  return entries;
}
