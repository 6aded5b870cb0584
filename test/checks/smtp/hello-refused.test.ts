import { failure } from "../../../src/core/failure.ts";
import { unknown } from "../../../src/core/fact.ts";
import { smtpHelloRefused } from "../../../src/checks/smtp/hello-refused.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime, reply } from "../../kit/evidence.ts";

const no = (code: number, text: string) =>
  unknown(failure("hello", "refused", undefined, { reply: reply(code, text), permanent: true }));

testCheck(smtpHelloRefused, import.meta.url, {
  pass: [["EHLO accepted", evidenceOf(hello())]],
  problems: {
    refused: [
      ["neither is known", evidenceOf(hello({ hello: no(502, "5.5.1 Command not implemented") }))],
    ],
  },
  inconclusive: [
    [
      "our name is refused",
      evidenceOf(hello({ hello: no(550, "5.7.1 Helo command rejected: Host not found") })),
    ],
    [
      "our syntax is refused",
      evidenceOf(hello({ hello: no(501, "Syntactically invalid EHLO argument(s)") })),
    ],
    [
      "our address is listed",
      evidenceOf(hello({ hello: no(503, "5.7.1 192.0.2.7 listed at bl.example") })),
    ],
    ["the server closes", evidenceOf(hello({ hello: unknown(failure("hello", "closed-early")) }))],
    ["no greeting", evidenceOf(hello({ greeting: outOfTime, hello: outOfTime }))],
  ],
});
