/**
 * Returns text that is safe in a terminal, a log and a report: control characters, escapes,
 * bidirectional and invisible format characters, unpaired surrogates and other unprintables become
 * visible `\xNN` or `\u{NNNN}` escapes. A backslash is doubled, so the original can be had back.
 * Line breaks are escaped too. The one gate for text that came from outside.
 */
export function escapeText(text: string): string {
  return text.replace(unsafe, (character) => {
    if (character === "\\") return "\\\\";
    const point = character.codePointAt(0) ?? 0;
    return point <= 0xff
      ? `\\x${point.toString(16).padStart(2, "0")}`
      : `\\u{${point.toString(16)}}`;
  });
}

// Control, format (bidi, zero width, tags), surrogate, private use, unassigned, line and paragraph
// separators, and every space but U+0020: what a terminal may obey or a reader cannot see.
const unsafe = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The text before `escapeText`. */
export function unescapeText(text: string): string {
  return text.replace(
    /\\(?:\\|x([0-9a-f]{2})|u\{([0-9a-f]{1,6})\})/g,
    (_all, short?: string, long?: string) => {
      const hex = short ?? long;
      return hex === undefined ? "\\" : String.fromCodePoint(Number.parseInt(hex, 16));
    },
  );
}

/**
 * Decodes bytes from the wire into escaped text: valid UTF-8 as such, any other byte as `\xNN`.
 * Never longer than `limit` characters; a cut ends in "…".
 */
export function escapeBytes(bytes: Uint8Array, limit = 4096): string {
  const cut = bytes.length > limit ? bytes.subarray(0, limit) : bytes;
  let text: string;
  try {
    text = escapeText(utf8.decode(cut));
  } catch {
    text = escapeText(
      Buffer.from(cut)
        .toString("latin1")
        .replace(/[\x80-\xff]/g, asLatin1Escape),
    );
    text = text
      .replace(/\uE000([0-9a-f]{2})/g, "\\x$1")
      .replace(/\\u\{e000\}([0-9a-f]{2})/g, "\\x$1");
  }
  return text.length > limit || cut.length < bytes.length ? `${text.slice(0, limit)}…` : text;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const asLatin1Escape = (character: string): string =>
  `\uE000${character.charCodeAt(0).toString(16).padStart(2, "0")}`;

/** "a", "a and b", "a, b and c"; more than `most` items end in "and n more". */
export function joinList(items: readonly string[], most = 4): string {
  if (items.length > most)
    return `${items.slice(0, most - 1).join(", ")} and ${items.length - most + 1} more`;
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** "1 server", "2 servers"; the plural is the noun with "s" unless given. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/**
 * Fills `{name}` placeholders from the data; lists are joined. `{name:one|many}` prints the first
 * word when the number (or the length of the list) is 1, else the second.
 * A placeholder without a value throws: a template that lies is a bug.
 */
export function fillTemplate(
  template: string,
  data: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>,
): string {
  return template.replace(
    /\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}/g,
    (_all, name: string, one?: string, many?: string) => {
      const value = data[name];
      if (value === undefined) throw new Error(`template "${template}" has no value for {${name}}`);
      if (one !== undefined && many !== undefined) {
        const size = typeof value === "object" ? value.length : value;
        return size === 1 ? one : many;
      }
      return typeof value === "object" ? joinList(value) : String(value);
    },
  );
}

/** True when the pattern, in which `*` stands for any text, matches the whole string. */
export function matchesGlob(pattern: string, text: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`, "s").test(text);
}
