import { failure } from "../../../src/core/failure.ts";
import { known } from "../../../src/core/fact.ts";
import { smtpStarttlsInjection } from "../../../src/checks/smtp/starttls-injection.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime } from "../../kit/evidence.ts";

testCheck(smtpStarttlsInjection, import.meta.url, {
  pass: [["done", evidenceOf(hello())]],
  problems: {
    injection: [
      [
        "text after 220",
        evidenceOf(
          hello({
            starttls: known({ state: "broken", failure: failure("starttls", "early-plaintext") }),
          }),
        ),
      ],
    ],
  },
  unaffected: [
    [
      "the handshake fails",
      evidenceOf(
        hello({
          starttls: known({ state: "broken", failure: failure("starttls", "tls-handshake") }),
        }),
      ),
    ],
  ],
  inconclusive: [["not asked in time", evidenceOf(hello({ starttls: outOfTime }))]],
});
