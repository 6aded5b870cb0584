import { known } from "../../../src/core/fact.ts";
import type { CertificateFacts } from "../../../src/core/tls-facts.ts";
import { tlsCertificateWeakKey } from "../../../src/checks/tls/certificate-weak-key.ts";
import { testCheck } from "../../kit/check.ts";
import { certificate, evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

const presenting = (...chain: readonly CertificateFacts[]) => hello({ tls: known(tls({ chain })) });

testCheck(tlsCertificateWeakKey, import.meta.url, {
  pass: [
    ["RSA of 2048 bits", evidenceOf(hello())],
    [
      "EC on P-256",
      evidenceOf(presenting(certificate({ keyType: "ec", keyBits: 256, curve: "prime256v1" }))),
    ],
    ["Ed25519", evidenceOf(presenting(certificate({ keyType: "ed25519", keyBits: 255 })))],
  ],
  problems: {
    short: [
      ["RSA of 1024 bits", evidenceOf(presenting(certificate({ keyBits: 1024 })))],
      ["EC of 192 bits", evidenceOf(presenting(certificate({ keyType: "ec", keyBits: 192 })))],
    ],
    dsa: [["DSA", evidenceOf(presenting(certificate({ keyType: "dsa", keyBits: 2048 })))]],
  },
  inconclusive: [["no handshake in time", evidenceOf(hello({ tls: outOfTime }))]],
  notApplicable: [["an anonymous handshake", evidenceOf(presenting())]],
});
