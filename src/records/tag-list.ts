/** One `name=value` of a tag list; surrounding white space is removed. */
export interface Tag {
  readonly name: string;
  readonly value: string;
  /** Where the name begins in the text, from 0. */
  readonly position: number;
}

/** Something in a record that its grammar does not allow. */
export interface RecordFault {
  /** Where it begins in the text, from 0. */
  readonly position: number;
  /** The offending piece as it stands in the record, at most 80 characters. */
  readonly text: string;
  /** A clause that says what is wrong with it. */
  readonly reason: string;
}

export interface TagList {
  readonly tags: readonly Tag[];
  readonly faults: readonly RecordFault[];
}

/** Longer texts are cut: TXT records of this size are no policy. */
const lengthLimit = 16_384;

/**
 * Parses "a=1; b=2;" into its tags, in order. A part without "=", an unusable name and the second
 * tag of one name are faults and yield no tag. Never throws. spec: RFC 6376 3.2.
 */
export function parseTagList(text: string): TagList {
  const tags: Tag[] = [];
  const faults: RecordFault[] = [];
  const seen = new Set<string>();
  let position = 0;
  for (const part of text.slice(0, lengthLimit).split(";")) {
    const start = position + (part.length - part.trimStart().length);
    position += part.length + 1;
    if (part.trim() === "") continue;
    const equals = part.indexOf("=");
    const name = (equals < 0 ? part : part.slice(0, equals)).trim();
    const reason = faultIn(name, equals, seen);
    if (reason !== undefined) {
      faults.push({ position: start, text: shorten(part.trim()), reason });
      continue;
    }
    seen.add(name.toLowerCase());
    tags.push({ name, value: part.slice(equals + 1).trim(), position: start });
  }
  return { tags, faults };
}

/** The text, cut to 80 characters with a mark. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function faultIn(name: string, equals: number, seen: ReadonlySet<string>): string | undefined {
  if (equals < 0) return "it is no tag: there is no equals sign";
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name))
    return "the name before the equals sign is no tag name";
  if (seen.has(name.toLowerCase())) return `the tag ${name} stands there twice`;
  return undefined;
}
