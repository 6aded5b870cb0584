import { known, unknown } from "../../../src/core/fact.ts";
import { failure } from "../../../src/core/failure.ts";
import { tlsAnonymousKeyExchange } from "../../../src/checks/tls/anonymous-key-exchange.ts";
import { testCheck } from "../../kit/check.ts";
import { anonymousTls, evidenceOf, observed } from "../../kit/evidence.ts";

const cipher = "TLS_ECDH_anon_WITH_AES_256_CBC_SHA";

testCheck(tlsAnonymousKeyExchange, import.meta.url, {
  pass: [
    ["refused with an alert", evidenceOf(anonymousTls())],
    [
      "hung up",
      evidenceOf(anonymousTls(known({ accepted: false, how: "the server closed the connection" }))),
    ],
  ],
  problems: {
    accepted: [
      [
        "as Postfix does by default",
        evidenceOf(anonymousTls(known({ accepted: true, version: "TLSv1.2", cipher }))),
      ],
    ],
  },
  inconclusive: [["silence", evidenceOf(anonymousTls(unknown(failure("tls", "read-timeout"))))]],
  notApplicable: [
    [
      "its STARTTLS was spent on something else",
      evidenceOf(observed("tls-anonymous", {}, null, { skipReason: "not-requested" })),
    ],
  ],
});
