import { escapeText } from "../core/text.ts";

/** Knows the secrets of this run and removes them from everything that is kept or shown. */
export interface Secrets {
  /** Registers a secret; every later text is searched for it. */
  add(secret: string): void;
  /** The text with every known form of every secret replaced by "[redacted]". */
  redact(text: string): string;
  /** The same for bytes from the wire. */
  redactBytes(bytes: Uint8Array): Uint8Array;
}

const mark = "[redacted]";
/** Shorter forms would match innocent text everywhere, and so give themselves away. */
const shortest = 4;

/**
 * Creates a redactor by value: it finds a secret as it is, reversed, in base64 and base64url (also
 * inside a longer encoded text), hex, percent, quoted, XML and JSON forms, in UTF-8 and UTF-16,
 * whatever the letter case. Forms of fewer than 4 characters are not searched for.
 */
export function createSecrets(): Secrets {
  // Everything is compared as one latin1 character per byte, in lower case, longest form first.
  let forms: string[] = [];

  function redactLatin1(text: string): string {
    const lower = text.toLowerCase();
    const covered: (readonly [from: number, to: number])[] = [];
    for (const form of forms)
      for (let at = lower.indexOf(form); at >= 0; at = lower.indexOf(form, at + 1))
        covered.push([at, at + form.length]);
    if (covered.length === 0) return text;
    covered.sort((a, b) => a[0] - b[0]);
    let result = "";
    let done = 0;
    for (const [from, to] of covered) {
      if (from >= done) result += text.slice(done, from) + mark;
      done = Math.max(done, to);
    }
    return result + text.slice(done);
  }

  return {
    add(secret) {
      const all = new Set([...forms, ...formsOf(secret)]);
      forms = [...all].toSorted((a, b) => b.length - a.length);
    },
    redact(text) {
      if (forms.length === 0) return text;
      return Buffer.from(redactLatin1(Buffer.from(text).toString("latin1")), "latin1").toString();
    },
    redactBytes(bytes) {
      if (forms.length === 0) return bytes;
      return Buffer.from(redactLatin1(Buffer.from(bytes).toString("latin1")), "latin1");
    },
  };
}

function formsOf(secret: string): string[] {
  const reversed = [...secret].toReversed().join("");
  const spellings = [
    secret,
    secret.toLowerCase(),
    secret.toUpperCase(),
    reversed,
    escapeText(secret),
    secret.replace(/[\\"]/g, "\\$&"),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(Buffer.from(secret).toString()),
    new URLSearchParams({ s: secret }).toString().slice(2),
    xmlEscape(secret),
  ].map((text) => Buffer.from(text));
  const plain = [
    Buffer.from(secret),
    Buffer.from(reversed),
    Buffer.from(secret, "utf16le"),
    Buffer.from(secret, "utf16le").swap16(),
  ];
  const encoded = plain.flatMap((bytes) => {
    const hex = bytes.toString("hex");
    const pairs = hex.match(/../g) ?? [];
    return [hex, ...["%", "=", " ", ":", "\\x"].map((sign) => pairs.join(sign))].concat(
      base64Forms(bytes),
    );
  });
  return [...[...spellings, ...plain].map((bytes) => bytes.toString("latin1")), ...encoded]
    .filter((form) => form.length >= shortest)
    .map((form) => form.toLowerCase());
}

/** The base64 characters that depend on nothing but the secret, for each of its three alignments. */
function base64Forms(bytes: Buffer): string[] {
  const forms = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64url");
    const spare = (shift + bytes.length) % 3;
    return text.slice(Math.ceil((shift * 4) / 3), spare === 0 ? text.length : text.length - 1);
  });
  return forms.flatMap((form) => [form, form.replaceAll("-", "+").replaceAll("_", "/")]);
}

function xmlEscape(text: string): string {
  const names: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}
