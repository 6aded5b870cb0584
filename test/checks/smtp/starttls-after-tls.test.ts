import { known, unknown } from "../../../src/core/fact.ts";
import { smtpStarttlsAfterTls } from "../../../src/checks/smtp/starttls-after-tls.ts";
import { testCheck } from "../../kit/check.ts";
import { announced, evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

testCheck(smtpStarttlsAfterTls, import.meta.url, {
  pass: [
    ["offered in clear only", evidenceOf(hello())],
    ["other extensions inside", evidenceOf(hello({ extensionsAfterTls: announced("SIZE 0") }))],
  ],
  problems: {
    offered: [
      [
        "after STARTTLS",
        evidenceOf(hello({ extensionsAfterTls: announced("SIZE 0", "STARTTLS") })),
      ],
      [
        "on an implicit TLS port",
        evidenceOf(
          hello(
            {
              tls: known(tls({ mode: "implicit" })),
              starttls: unknown("not-applicable"),
              extensionsAfterTls: announced("STARTTLS"),
            },
            { port: 465 },
          ),
        ),
      ],
    ],
  },
  inconclusive: [["no second list", evidenceOf(hello({ extensionsAfterTls: outOfTime }))]],
  notApplicable: [
    [
      "no TLS",
      evidenceOf(
        hello({ tls: unknown("not-applicable"), extensionsAfterTls: unknown("not-applicable") }),
      ),
    ],
  ],
});
