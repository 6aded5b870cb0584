import { known } from "../../../src/core/fact.ts";
import type { TlsFacts } from "../../../src/core/tls-facts.ts";
import { tlsCertificateUntrusted } from "../../../src/checks/tls/certificate-untrusted.ts";
import { testCheck } from "../../kit/check.ts";
import {
  certificate,
  evidenceOf,
  hello,
  intermediate,
  outOfTime,
  tls,
} from "../../kit/evidence.ts";

const past = "2026-02-01T00:00:00.000Z";
const future = "2026-04-01T00:00:00.000Z";
const own = certificate({ issuer: "CN=mx1.example.com", selfSigned: true });
const untrusted = (trustError: string, chain: TlsFacts["chain"]) =>
  hello({ tls: known(tls({ chain, trusted: false, trustError })) });

testCheck(tlsCertificateUntrusted, import.meta.url, {
  pass: [["a public CA", evidenceOf(hello())]],
  problems: {
    "self-signed": [["by itself", evidenceOf(untrusted("DEPTH_ZERO_SELF_SIGNED_CERT", [own]))]],
    "incomplete-chain": [
      [
        "no intermediate",
        evidenceOf(untrusted("UNABLE_TO_VERIFY_LEAF_SIGNATURE", [certificate()])),
      ],
      ["no issuer", evidenceOf(untrusted("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", [certificate()]))],
    ],
    "unknown-issuer": [
      [
        "a private root is sent",
        evidenceOf(untrusted("SELF_SIGNED_CERT_IN_CHAIN", [certificate(), intermediate()])),
      ],
      [
        "a private root is not sent",
        evidenceOf(untrusted("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", [certificate(), intermediate()])),
      ],
    ],
    invalid: [
      ["a bad signature", evidenceOf(untrusted("CERT_SIGNATURE_FAILURE", [certificate()]))],
      [
        "a root that is not sent has expired",
        evidenceOf(untrusted("CERT_HAS_EXPIRED", [certificate(), intermediate()])),
      ],
      [
        "an intermediate is not valid yet",
        evidenceOf(
          untrusted("CERT_NOT_YET_VALID", [certificate(), intermediate({ notBefore: future })]),
        ),
      ],
    ],
  },
  unaffected: [
    ["expired", evidenceOf(untrusted("CERT_HAS_EXPIRED", [certificate({ notAfter: past })]))],
    [
      "not valid yet",
      evidenceOf(untrusted("CERT_NOT_YET_VALID", [certificate({ notBefore: future })])),
    ],
    ["another name", evidenceOf(hello({ tls: known(tls({ nameMatch: "none" })) }))],
  ],
  inconclusive: [["no handshake in time", evidenceOf(hello({ tls: outOfTime }))]],
  notApplicable: [["an anonymous handshake", evidenceOf(untrusted("", []))]],
});
