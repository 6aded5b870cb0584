import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSecrets } from "../../src/wire/secrets.ts";

const canary = "canary-Pa55w0rd!";

function redactorFor(...values: string[]) {
  const secrets = createSecrets();
  for (const value of values) secrets.add(value);
  return secrets;
}

test.each([
  ["as it is", (s: string) => s],
  ["in capitals", (s: string) => s.toUpperCase()],
  ["reversed", (s: string) => [...s].toReversed().join("")],
  ["base64", (s: string) => Buffer.from(s).toString("base64")],
  ["base64 after one octet", (s: string) => Buffer.from(`\0${s}`).toString("base64")],
  ["base64 after two octets", (s: string) => Buffer.from(`\0u${s}`).toString("base64")],
  ["base64 in a SASL message", (s: string) => Buffer.from(`\0user\0${s}`).toString("base64")],
  ["base64url", (s: string) => Buffer.from(s).toString("base64url")],
  ["base64 of UTF-16", (s: string) => Buffer.from(s, "utf16le").toString("base64")],
  ["hex", (s: string) => Buffer.from(s).toString("hex")],
  ["hex with colons", (s: string) => (Buffer.from(s).toString("hex").match(/../g) ?? []).join(":")],
  ["percent", (s: string) => encodeURIComponent(s)],
  ["percent throughout", (s: string) => Buffer.from(s).toString("hex").replace(/../g, "%$&")],
  ["form encoding", (s: string) => new URLSearchParams({ x: s }).toString()],
  ["JSON", (s: string) => JSON.stringify(s)],
  [
    "quoted-printable throughout",
    (s: string) => Buffer.from(s).toString("hex").replace(/../g, "=$&"),
  ],
])("a secret is found %s", (_how, encode) => {
  for (const secret of [canary, 'pa"ss\\wörd & <more>', "~~~???~~~"]) {
    const text = `535 you said "${encode(secret)}" to me`;
    const redacted = redactorFor(secret).redact(text);
    expect(redacted).toContain("[redacted]");
    // At most the characters that encode octets beside the secret too may remain.
    const rest = redacted
      .replace("535 you said ", "")
      .replace(" to me", "")
      .replace("[redacted]", "");
    expect(rest.length).toBeLessThanOrEqual(14);
    expect(redacted.toLowerCase()).not.toContain(secret.toLowerCase());
  }
});

test("text without the secret stays as it is", () => {
  const secrets = redactorFor(canary);
  for (const text of ["250 Ok", "", "canary", "535 5.7.8 Error: authentication failed ü€"])
    expect(secrets.redact(text)).toBe(text);
});

test("the same holds for bytes that are no UTF-8", () => {
  const secrets = redactorFor(canary);
  const bytes = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from(canary),
    Buffer.from([0x80]),
  ]);
  const redacted = Buffer.from(secrets.redactBytes(bytes)).toString("latin1");
  expect(redacted).toBe("\xff\xfe[redacted]\x80");
});

test("overlapping and repeated secrets leave nothing behind", () => {
  const secrets = redactorFor("abcdef", "defghi");
  expect(secrets.redact("xabcdefghix abcdef")).toBe("x[redacted]x [redacted]");
});

test("one without anything to search for changes nothing", () => {
  expect(redactorFor("").redact("anything")).toBe("anything");
  expect(redactorFor("ab").redact("abc")).toBe("abc");
});

test("no secret of some length survives in any of the three alignments of base64", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), fc.string({ maxLength: 5 }), (secret, before) => {
      const secrets = redactorFor(secret);
      const blob = Buffer.from(`${before}${secret}tail`).toString("base64");
      expect(secrets.redact(blob)).toContain("[redacted]");
      const plain = secrets.redact(`${before}${secret}`).replaceAll("[redacted]", "");
      expect(plain).not.toContain(Buffer.from(secret).toString());
    }),
  );
});
