import { known, unknown } from "../../../src/core/fact.ts";
import { failure } from "../../../src/core/failure.ts";
import { smtpStarttlsCommandInjection } from "../../../src/checks/smtp/starttls-command-injection.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, injection, observed, reply } from "../../kit/evidence.ts";

testCheck(smtpStarttlsCommandInjection, import.meta.url, {
  pass: [
    ["thrown away", evidenceOf(injection())],
    ["refused", evidenceOf(injection(known({ state: "closed", why: "the server answered 554" })))],
  ],
  problems: {
    obeyed: [
      [
        "answered under TLS",
        evidenceOf(injection(known({ state: "answered", reply: reply(250, "2.0.0 Ok") }))),
      ],
    ],
    shifted: [
      [
        "answered late",
        evidenceOf(injection(known({ state: "shifted", reply: reply(250, "2.0.0 Ok") }))),
      ],
    ],
  },
  inconclusive: [
    ["an answer in clear", evidenceOf(injection(unknown(failure("tls", "early-plaintext"))))],
    ["silence", evidenceOf(injection(unknown(failure("command", "read-timeout"))))],
  ],
  notApplicable: [
    [
      "without consent",
      evidenceOf(observed("command-injection", {}, null, { skipReason: "not-requested" })),
    ],
  ],
});
