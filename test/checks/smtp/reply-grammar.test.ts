import { failure } from "../../../src/core/failure.ts";
import { smtpReplyGrammar } from "../../../src/checks/smtp/reply-grammar.ts";
import { testCheck } from "../../kit/check.ts";
import { deadHello, evidenceOf, hello } from "../../kit/evidence.ts";

const odd = (...oddities: readonly string[]) => evidenceOf(hello({ oddities }));

testCheck(smtpReplyGrammar, import.meta.url, {
  pass: [
    ["nothing odd", evidenceOf(hello())],
    ["the old form of AUTH for old clients", odd("old form AUTH=")],
    [
      "what other checks speak of",
      odd("greeting code 521", "enhanced status code of another class"),
    ],
  ],
  problems: {
    "line-ends": [
      ["bare line feeds", odd("bare LF")],
      ["NUL among other things", odd("not ASCII", "NUL")],
    ],
    untidy: [
      ["a long line", odd("line over 512 octets")],
      ["letters beyond ASCII", odd("not ASCII", "old form AUTH=")],
      ["a keyword twice", odd("duplicate keyword SIZE")],
    ],
  },
  inconclusive: [["no greeting", evidenceOf(deadHello(failure("greeting", "read-timeout")))]],
});
