import { known } from "../../../src/core/fact.ts";
import type { CertificateFacts } from "../../../src/core/tls-facts.ts";
import { tlsCertificateExpired } from "../../../src/checks/tls/certificate-expired.ts";
import { testCheck } from "../../kit/check.ts";
import {
  certificate,
  evidenceOf,
  hello,
  intermediate,
  outOfTime,
  tls,
} from "../../kit/evidence.ts";

const presenting = (...chain: readonly CertificateFacts[]) => hello({ tls: known(tls({ chain })) });

testCheck(tlsCertificateExpired, import.meta.url, {
  pass: [
    ["two months left", evidenceOf(hello())],
    [
      "a six-day certificate with four days left",
      evidenceOf(
        presenting(
          certificate({ notBefore: "2026-02-27T12:00:00Z", notAfter: "2026-03-05T12:00:00Z" }),
        ),
      ),
    ],
    [
      "an old root beside a trusted chain",
      evidenceOf(presenting(certificate(), intermediate({ notAfter: "2021-09-30T00:00:00Z" }))),
    ],
  ],
  problems: {
    expired: [
      [
        "yesterday",
        evidenceOf(presenting(certificate({ notAfter: "2026-02-28T00:00:00Z" }), intermediate())),
      ],
    ],
    "expires-soon": [
      ["in five days", evidenceOf(presenting(certificate({ notAfter: "2026-03-06T13:00:00Z" })))],
      [
        "a six-day certificate with one day left",
        evidenceOf(
          presenting(
            certificate({ notBefore: "2026-02-24T12:00:00Z", notAfter: "2026-03-02T12:00:00Z" }),
          ),
        ),
      ],
    ],
    "chain-expired": [
      [
        "an expired intermediate",
        evidenceOf(
          hello({
            tls: known(
              tls({
                chain: [certificate(), intermediate({ notAfter: "2025-12-31T00:00:00Z" })],
                trusted: false,
                trustError: "CERT_HAS_EXPIRED",
              }),
            ),
          }),
        ),
      ],
    ],
  },
  inconclusive: [["no handshake in time", evidenceOf(hello({ tls: outOfTime }))]],
  notApplicable: [["an anonymous handshake", evidenceOf(presenting())]],
});
