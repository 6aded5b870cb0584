import { smtpGreetingSlow } from "../../../src/checks/smtp/greeting-slow.ts";
import { failure } from "../../../src/core/failure.ts";
import { testCheck } from "../../kit/check.ts";
import { deadHello, evidenceOf, hello, skippedHello } from "../../kit/evidence.ts";

const after = (greetingMs: number) => ({ ...hello(), timings: { greetingMs } });

testCheck(smtpGreetingSlow, import.meta.url, {
  pass: [
    ["a prompt greeting", evidenceOf(after(40))],
    ["a greeting that postscreen holds back for six seconds", evidenceOf(after(6_020))],
    ["no timing was kept", evidenceOf(hello())],
  ],
  problems: {
    slow: [
      ["exactly ten seconds", evidenceOf(after(10_000))],
      ["a greeting of twenty seconds", evidenceOf(after(20_300))],
    ],
  },
  unaffected: [
    [
      "another host is dead",
      evidenceOf(after(40), skippedHello("not-applicable", { host: "mx2.example.com" })),
    ],
  ],
  inconclusive: [["silence", evidenceOf(deadHello(failure("greeting", "read-timeout")))]],
});
