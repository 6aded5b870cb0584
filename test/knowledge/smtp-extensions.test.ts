import { expect, test } from "vitest";
import { describeExtension } from "../../src/knowledge/smtp-extensions.ts";

test.each([
  ["STARTTLS", "RFC 3207"],
  ["8BITMIME", "RFC 6152"],
  ["SMTPUTF8", "RFC 6531"],
  ["XCLIENT", "Postfix"],
  ["XPROXYTO", "Microsoft Exchange"],
  ["XSHADOWREQUEST", "Microsoft Exchange"],
])("knows %s from %s", (keyword, spec) => {
  expect(describeExtension(keyword)).toMatchObject({ spec });
});

test.each([
  [["52428800"], "messages of up to 50 MiB are accepted, attachments of about 37 MiB"],
  [["1048576"], "messages of up to 1 MiB are accepted, attachments of about 0.7 MiB"],
  [["0"], "there is no fixed limit for messages"],
  [[], "no limit for messages is stated"],
  [["many"], "the size that is stated is not a number"],
  [["1".repeat(40)], "the size that is stated is not a number"],
])("says what SIZE %j means", (parameters, meaning) => {
  expect(describeExtension("SIZE", parameters)?.meaning).toBe(meaning);
});

test("recognises a keyword that a filter has overwritten", () => {
  expect(describeExtension("XXXXXXXA")?.title).toBe("overwritten keyword");
});

test("judges what strangers should not be offered", () => {
  for (const keyword of ["XCLIENT", "XFORWARD", "TURN", "EXPN"])
    expect(describeExtension(keyword)?.judgement).toBeDefined();
  expect(describeExtension("PIPELINING")?.judgement).toBeUndefined();
});

test("claims nothing about keywords that it does not know", () => {
  for (const keyword of ["", "X-NEW", "__PROTO__", "CONSTRUCTOR", "XXA"])
    expect(describeExtension(keyword)).toBeUndefined();
});
