import type { Template } from "./dialogue.ts";

const placeholder = /\{([A-Za-z]\w*)\}/;

/** The text cut at its `{name}` placeholders; braces around anything but a name stay as they are. */
export function asTemplate(text: string): Template {
  return text
    .split(placeholder)
    .map((part, index) => (index % 2 === 0 ? part : { capture: part }))
    .filter((part) => part !== "");
}

/** The template with its captures put in; a capture that was never made becomes nothing. */
export function fill(template: Template, captures: ReadonlyMap<string, string>): string {
  return template
    .map((part) => (typeof part === "string" ? part : (captures.get(part.capture) ?? "")))
    .join("");
}

const builtIn: Readonly<Record<string, string>> = {
  any: "(?:.*)",
  base64: "(?:[A-Za-z0-9+/]*={0,2})",
};

/** A pattern for a whole line: literal text, `{any}`, `{base64}`, and `{name}` for a capture. */
export function asPattern(text: string): { pattern: RegExp; captures: readonly string[] } {
  const captures: string[] = [];
  const source = asTemplate(text).map((part) => {
    if (typeof part === "string") return part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    if (Object.hasOwn(builtIn, part.capture)) return builtIn[part.capture];
    captures.push(part.capture);
    return "(.+?)";
  });
  return { pattern: new RegExp(`^${source.join("")}$`, "su"), captures };
}

/**
 * The text between the quotes, escapes still in it; undefined when it is not one quoted text with
 * the escapes \r \n \t \" \\ \xNN.
 */
export function unquote(text: string): string | undefined {
  return /^"((?:[^"\\]|\\(?:[rnt"\\]|x[0-9A-Fa-f]{2}))*)"$/.exec(text)?.[1];
}

const escapes: Readonly<Record<string, string>> = { r: "\r", n: "\n", t: "\t" };

/** The bytes of an escaped text: UTF-8, and any byte as \xNN. */
export function asBytes(escaped: string): Uint8Array {
  const parts = escaped.split(/(\\x[0-9A-Fa-f]{2}|\\.)/);
  return Buffer.concat(
    parts.map((part) => {
      if (!part.startsWith("\\")) return Buffer.from(part, "utf8");
      if (part.length === 4) return Buffer.from(part.slice(2), "hex");
      const character = part.slice(1);
      return Buffer.from(escapes[character] ?? character);
    }),
  );
}
