import { known } from "../../../src/core/fact.ts";
import { smtpHeloOnly } from "../../../src/checks/smtp/helo-only.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime, reply } from "../../kit/evidence.ts";

testCheck(smtpHeloOnly, import.meta.url, {
  pass: [["EHLO", evidenceOf(hello())]],
  problems: {
    helo: [
      [
        "EHLO refused, HELO taken",
        evidenceOf(
          hello({
            hello: known({
              verb: "HELO",
              reply: reply(250, "mx1"),
              ehloReply: reply(502, "5.5.2 Error: command not recognized"),
            }),
          }),
        ),
      ],
    ],
  },
  inconclusive: [["the session ended before", evidenceOf(hello({ hello: outOfTime }))]],
});
