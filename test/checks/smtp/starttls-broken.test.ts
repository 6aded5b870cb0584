import { failure } from "../../../src/core/failure.ts";
import { known } from "../../../src/core/fact.ts";
import { smtpStarttlsBroken } from "../../../src/checks/smtp/starttls-broken.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime, reply } from "../../kit/evidence.ts";

const broken = (why: ReturnType<typeof failure>) =>
  known({ state: "broken", failure: why } as const);

testCheck(smtpStarttlsBroken, import.meta.url, {
  pass: [["done", evidenceOf(hello())]],
  problems: {
    broken: [
      [
        "the handshake fails",
        evidenceOf(hello({ starttls: broken(failure("tls", "tls-handshake")) })),
      ],
      [
        "the server closes after its 220",
        evidenceOf(hello({ starttls: broken(failure("tls", "closed-early")) })),
      ],
    ],
    unanswered: [
      [
        "the server closes in place of its 220",
        evidenceOf(hello({ starttls: broken(failure("starttls", "closed-early")) })),
      ],
    ],
  },
  unaffected: [
    ["not offered", evidenceOf(hello({ starttls: known({ state: "not-offered" }) }))],
    [
      "refused",
      evidenceOf(hello({ starttls: known({ state: "refused", reply: reply(454, "later") }) })),
    ],
    [
      "plain text slipped in",
      evidenceOf(hello({ starttls: broken(failure("starttls", "early-plaintext")) })),
    ],
  ],
  inconclusive: [
    ["too slow", evidenceOf(hello({ starttls: broken(failure("tls", "read-timeout")) }))],
    [
      "no reply in time",
      evidenceOf(hello({ starttls: broken(failure("starttls", "read-timeout")) })),
    ],
    ["not asked in time", evidenceOf(hello({ starttls: outOfTime }))],
  ],
});
