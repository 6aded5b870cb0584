import { known } from "../../../src/core/fact.ts";
import type { CertificateFacts } from "../../../src/core/tls-facts.ts";
import { tlsCertificateWeakSignature } from "../../../src/checks/tls/certificate-weak-signature.ts";
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

testCheck(tlsCertificateWeakSignature, import.meta.url, {
  pass: [
    ["SHA-256", evidenceOf(hello())],
    [
      "SHA-1 on a root",
      evidenceOf(
        presenting(
          certificate(),
          intermediate({ signatureAlgorithm: "sha1WithRSAEncryption", selfSigned: true }),
        ),
      ),
    ],
    [
      "SHA-512 with ECDSA",
      evidenceOf(presenting(certificate({ signatureAlgorithm: "ecdsa-with-SHA512" }))),
    ],
  ],
  problems: {
    weak: [
      [
        "SHA-1",
        evidenceOf(presenting(certificate({ signatureAlgorithm: "sha1WithRSAEncryption" }))),
      ],
      [
        "ECDSA with SHA-1",
        evidenceOf(presenting(certificate({ signatureAlgorithm: "ecdsa-with-SHA1" }))),
      ],
      [
        "MD5, by its OID",
        evidenceOf(presenting(certificate({ signatureAlgorithm: "1.2.840.113549.1.1.4" }))),
      ],
      [
        "an intermediate",
        evidenceOf(
          presenting(certificate(), intermediate({ signatureAlgorithm: "sha1WithRSAEncryption" })),
        ),
      ],
    ],
  },
  inconclusive: [["no handshake in time", evidenceOf(hello({ tls: outOfTime }))]],
  notApplicable: [["an anonymous handshake", evidenceOf(presenting())]],
});
