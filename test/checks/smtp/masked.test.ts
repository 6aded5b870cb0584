import { smtpMasked } from "../../../src/checks/smtp/masked.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime } from "../../kit/evidence.ts";

testCheck(smtpMasked, import.meta.url, {
  pass: [["an ordinary dialogue", evidenceOf(hello())]],
  problems: {
    masked: [["a keyword of X", evidenceOf(hello({ masked: ["keyword XXXXXXXA"] }))]],
  },
  inconclusive: [["no greeting", evidenceOf(hello({ greeting: outOfTime }))]],
});
