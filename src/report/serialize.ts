/**
 * Returns JSON on one line that is safe in a log and a terminal: lone surrogates become U+FFFD,
 * numbers that JSON cannot hold become null, and invisible or control characters are written as
 * \uXXXX, so that the value read back is the same. spec: RFC 8259 7, 8.1
 */
export function serialize(value: unknown): string {
  return JSON.stringify(value, wellFormed).replace(unseen, asUnicodeEscapes);
}

const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\p{Cs}/gu, "\uFFFD") : value;
}

function asUnicodeEscapes(character: string): string {
  return Array.from({ length: character.length }, (_unit, index) => {
    const unit = character.charCodeAt(index);
    return `\\u${unit.toString(16).padStart(4, "0")}`;
  }).join("");
}
