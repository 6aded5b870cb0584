import { expect, test } from "vitest";
import { failure } from "../../src/core/failure.ts";
import { drawAnswer } from "../../src/report/answers.ts";
import { answer } from "../kit/cases.ts";

test("draws records in presentation form", () => {
  expect(
    drawAnswer(answer("example.com", "MX", [{ preference: 10, exchange: "mx1.example" }])),
  ).toBe("example.com MX -> 10 mx1.example (3 ms, from 127.0.0.1:53)");
  const text = String.raw`-all\x07`;
  expect(drawAnswer(answer("example.com", "TXT", [["v=spf1 ", text]]))).toContain(
    String.raw`"v=spf1 -all\x07"`,
  );
});

test("keeps apart what is not there, what does not exist and what nobody knows", () => {
  const nothing = answer("a.example", "A", []);
  expect(drawAnswer(nothing)).toContain("no A record");
  expect(drawAnswer({ ...nothing, status: "name-not-found" })).toContain("no such name");
  const servfail = failure("resolve", "dns-servfail");
  const failed = { ...nothing, status: "failed", rcode: "SERVFAIL", failure: servfail } as const;
  expect(drawAnswer(failed)).toContain("answered SERVFAIL (3 ms, from 127.0.0.1:53, SERVFAIL)");
});

test("shows aliases, TCP and the rest of a large answer", () => {
  const many = answer(
    "a.example",
    "A",
    Array.from({ length: 9 }, (_item, n) => `192.0.2.${n}`),
    {
      cnameChain: ["b.example"],
      transport: "tcp",
    },
  );
  expect(drawAnswer(many)).toMatch(/alias of b\.example: .* and 3 more \(.*TCP\)/);
});
