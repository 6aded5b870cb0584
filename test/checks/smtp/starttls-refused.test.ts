import { known, unknown } from "../../../src/core/fact.ts";
import { smtpStarttlsRefused } from "../../../src/checks/smtp/starttls-refused.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime, reply } from "../../kit/evidence.ts";

const refused = (code: number, text: string) =>
  known({ state: "refused", reply: reply(code, text) } as const);

testCheck(smtpStarttlsRefused, import.meta.url, {
  pass: [["done", evidenceOf(hello())]],
  problems: {
    refused: [["for good", evidenceOf(hello({ starttls: refused(502, "5.5.1 Not implemented") }))]],
    temporary: [
      [
        "for now",
        evidenceOf(
          hello({ starttls: refused(454, "4.7.0 TLS not available due to local problem") }),
        ),
      ],
    ],
  },
  inconclusive: [
    ["421", evidenceOf(hello({ starttls: refused(421, "4.7.0 too many connections") }))],
    ["not asked in time", evidenceOf(hello({ starttls: outOfTime }))],
  ],
  notApplicable: [
    [
      "not offered",
      evidenceOf(
        hello({ starttls: known({ state: "not-offered" }), tls: unknown("not-applicable") }),
      ),
    ],
  ],
});
