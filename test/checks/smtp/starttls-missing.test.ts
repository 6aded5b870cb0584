import { known, unknown } from "../../../src/core/fact.ts";
import { smtpStarttlsMissing } from "../../../src/checks/smtp/starttls-missing.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

const none = known({ state: "not-offered" } as const);

testCheck(smtpStarttlsMissing, import.meta.url, {
  pass: [["offered", evidenceOf(hello())]],
  problems: {
    missing: [
      ["not in the list", evidenceOf(hello({ starttls: none, tls: unknown("not-applicable") }))],
    ],
    filtered: [
      [
        "a masked list",
        evidenceOf(
          hello({ starttls: none, tls: unknown("not-applicable"), masked: ["keyword XXXXXXXA"] }),
        ),
      ],
    ],
  },
  unaffected: [
    ["implicit TLS", evidenceOf(hello({ starttls: none, tls: known(tls({ mode: "implicit" })) }))],
  ],
  inconclusive: [["no list in time", evidenceOf(hello({ starttls: outOfTime }))]],
});
