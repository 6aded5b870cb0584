import type { Reply } from "../../core/failure.ts";

/** An extension that EHLO announced: its keyword in upper case, its parameters as sent. */
export interface Extension {
  readonly keyword: string;
  readonly parameters: readonly string[];
}

/** What a reply to EHLO says. */
export interface EhloContents {
  /** The server's name for itself, the first word; "" where there is none. */
  readonly name: string;
  /** In the order of the reply, each keyword once. */
  readonly extensions: readonly Extension[];
  /** Keywords that a filter on the way has overwritten: "XXXXXXXA". */
  readonly masked: readonly string[];
  /** Deviations from the grammar that did not stop us. */
  readonly oddities: readonly string[];
}

/**
 * Reads the lines after the first as extensions, one a line; a parameter never counts as a keyword.
 * The old form "AUTH=LOGIN" adds to AUTH, and a keyword that comes again is an oddity.
 * spec: RFC 5321 4.1.1.1.
 */
export function parseEhlo(reply: Reply): EhloContents {
  const extensions = new Map<string, Extension>();
  const masked = new Set<string>();
  const oddities = new Set<string>();
  for (const line of reply.lines.slice(1)) {
    const words = line.split(/ +/).filter((word) => word !== "");
    const [first, ...rest] = words;
    if (first === undefined) {
      oddities.add("empty keyword");
      continue;
    }
    const old = /^AUTH=(.*)$/i.exec(first);
    if (old) oddities.add("old form AUTH=");
    const keyword = old ? "AUTH" : first.toUpperCase();
    const parameters = old ? [old[1] ?? "", ...rest].filter((word) => word !== "") : rest;
    if (!/^[A-Z0-9][A-Z0-9-]*$/.test(keyword))
      oddities.add(`invalid keyword "${first.slice(0, 40)}"`);
    if (/^X{3,}[A-Z]$/.test(keyword)) masked.add(keyword);
    const earlier = extensions.get(keyword);
    if (earlier === undefined) extensions.set(keyword, { keyword, parameters });
    else if (keyword === "AUTH") extensions.set(keyword, merge(earlier, parameters));
    else oddities.add(`duplicate keyword ${keyword.slice(0, 40)}`);
  }
  return {
    name: /^[^ ]*/.exec(reply.lines[0] ?? "")?.[0] ?? "",
    extensions: [...extensions.values()],
    masked: [...masked],
    oddities: [...oddities],
  };
}

function merge({ keyword, parameters }: Extension, more: readonly string[]): Extension {
  const known = new Set(parameters.map((word) => word.toUpperCase()));
  return {
    keyword,
    parameters: [...parameters, ...more.filter((word) => !known.has(word.toUpperCase()))],
  };
}

/** True when the greeting or reply text was overwritten with asterisks by a filter on the way. */
export function isMaskedText(text: string): boolean {
  return /^[*02 ]*\*{4}[*02 ]*$/.test(text);
}
