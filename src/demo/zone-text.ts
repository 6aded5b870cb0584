/**
 * The absolute form of a name of a master file, without its final dot ("." for the root), escapes
 * as `\DDD`; undefined when it is no name: empty or long labels, non-ASCII text.
 * spec: RFC 1035 5.1, 2.3.4
 */
export function absoluteName(written: string, origin: string): string | undefined {
  if (written === "@") return origin;
  if (written === ".") return ".";
  const text = written.replace(/\\([^0-9])/g, (_all, character: string) => decimal(character));
  const absolute = text.endsWith(".")
    ? text.slice(0, -1)
    : origin === "."
      ? text
      : `${text}.${origin}`;
  const labels = absolute.split(".").map((label) => label.replace(/\\\d{3}/g, "x"));
  const octets = labels.reduce((sum, label) => sum + label.length + 1, 1);
  const good = labels.every((label) => /^[\x21-\x5b\x5d-\x7e]{1,63}$/.test(label));
  return good && octets <= 255 ? absolute : undefined;
}

const decimal = (character: string): string =>
  /[\w*@-]/.test(character)
    ? character
    : `\\${character.charCodeAt(0).toString().padStart(3, "0")}`;

/** The octets of a character string, one latin1 character each; its source is UTF-8 with escapes. */
export function unescapeString(written: string): string {
  return written
    .split(/(\\\d{3}|\\.)/)
    .map((part) => {
      if (/^\\\d{3}$/.test(part)) return String.fromCharCode(Number(part.slice(1)) & 0xff);
      const text = part.startsWith("\\") ? part.slice(1) : part;
      return Buffer.from(text, "utf8").toString("latin1");
    })
    .join("");
}

/** A decimal number that fits into so many bits. */
export function asNumber(text: string, bits: 8 | 16 | 32): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  return value >= 0 && value < 2 ** bits ? value : undefined;
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds, plain or with units ("1h30m"); undefined for anything else or more than 31 bits. */
export function asTtl(text: string): number | undefined {
  if (/^\d{1,10}$/.test(text)) return Number(text) < 2 ** 31 ? Number(text) : undefined;
  if (!/^(?:\d{1,9}[smhdw])+$/i.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit = "s"] of text.matchAll(/(\d+)([smhdw])/gi))
    seconds += Number(amount) * (units[unit.toLowerCase()] ?? 1);
  return seconds < 2 ** 31 ? seconds : undefined;
}
