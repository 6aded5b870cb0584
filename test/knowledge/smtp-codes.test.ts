import { expect, test } from "vitest";
import { describeCode, describeEnhanced } from "../../src/knowledge/smtp-codes.ts";

test.each([
  [421, "the server is shutting down or has had enough of us; try later"],
  [550, "refused: no such mailbox, or against the server's policy"],
  [299, "accepted"],
  [399, "the server waits for more"],
  [499, "not now; try later"],
  [599, "refused"],
  [0, "not a reply code"],
])("%i: %s", (code, text) => {
  expect(describeCode(code)).toBe(text);
});

test.each([
  ["5.1.1", "there is no such mailbox"],
  ["4.2.2", "the mailbox is full"],
  ["5.7.26", "several authentication checks failed"],
  ["2.0.0", "no details"],
  ["5.7.139", undefined],
  ["3.1.1", undefined],
  ["5.1", undefined],
  ["", undefined],
])("%s: %s", (code, text) => {
  expect(describeEnhanced(code)).toBe(text);
});
