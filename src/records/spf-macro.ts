/** A place in a domain-spec that the grammar does not allow. */
export interface MacroFault {
  /** Offset in the text given, from 0. */
  readonly offset: number;
  readonly reason: string;
}

/** `%{letter transformers delimiters}`. spec: RFC 7208 7.1. */
const expand = /^%\{([A-Za-z])(\d*)(r?)([-.+,/_=]*)\}/i;

/**
 * Returns the first fault in a macro-string, or undefined: `%` must begin `%%`, `%_`, `%-` or a
 * whole macro, and everything else is printable ASCII without space. The letters c, r and t belong
 * to explanations only. spec: RFC 7208 7.1, 7.2, 7.3.
 */
export function macroFault(text: string): MacroFault | undefined {
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset] ?? "";
    if (!/[\x21-\x7e]/.test(character))
      return { offset, reason: "only printable ASCII without spaces may stand in it" };
    if (character !== "%") continue;
    const next = text[offset + 1];
    if (next === "%" || next === "_" || next === "-") {
      offset += 1;
      continue;
    }
    const macro = expand.exec(text.slice(offset, offset + 64));
    if (macro === null)
      return { offset, reason: 'a "%" must begin a macro such as %{i}, or be written %%' };
    const [whole, letter = "", digits = ""] = macro;
    if (/[crt]/i.test(letter))
      return { offset, reason: `the macro letter ${letter} is for explanations only` };
    if (!/[slodiphv]/i.test(letter))
      return { offset, reason: `there is no macro letter ${letter}` };
    if (digits !== "" && Number(digits) === 0)
      return { offset, reason: "a macro cannot keep zero labels" };
    offset += whole.length - 1;
  }
  return undefined;
}

/**
 * Returns the first fault in a domain-spec, or undefined: a macro-string that ends in a macro or in
 * a dot and a top label with a letter in it. spec: RFC 7208 7.1.
 */
export function domainSpecFault(text: string): MacroFault | undefined {
  if (text === "") return { offset: 0, reason: "the domain is missing" };
  const fault = macroFault(text);
  if (fault !== undefined) return fault;
  if (/%\{[^}]*\}$/.test(text) || /%[%_-]$/.test(text)) return undefined;
  const top = /\.([A-Za-z0-9-]+)\.?$/.exec(text)?.[1];
  if (top === undefined) return { offset: 0, reason: "it is not a full domain name" };
  if (/^-|-$/.test(top) || /^\d+$/.test(top))
    return { offset: text.lastIndexOf(top), reason: `"${top}" cannot end a domain name` };
  return undefined;
}
