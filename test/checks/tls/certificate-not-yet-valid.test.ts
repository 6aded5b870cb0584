import { known } from "../../../src/core/fact.ts";
import type { CertificateFacts } from "../../../src/core/tls-facts.ts";
import { tlsCertificateNotYetValid } from "../../../src/checks/tls/certificate-not-yet-valid.ts";
import { testCheck } from "../../kit/check.ts";
import { certificate, evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

const presenting = (...chain: readonly CertificateFacts[]) => hello({ tls: known(tls({ chain })) });

testCheck(tlsCertificateNotYetValid, import.meta.url, {
  pass: [["valid since February", evidenceOf(hello())]],
  problems: {
    "not-yet": [
      [
        "from tomorrow on",
        evidenceOf(presenting(certificate({ notBefore: "2026-03-02T00:00:00Z" }))),
      ],
    ],
  },
  unaffected: [
    ["expired", evidenceOf(presenting(certificate({ notAfter: "2026-02-20T00:00:00Z" })))],
  ],
  inconclusive: [["no handshake in time", evidenceOf(hello({ tls: outOfTime }))]],
  notApplicable: [["an anonymous handshake", evidenceOf(presenting())]],
});
