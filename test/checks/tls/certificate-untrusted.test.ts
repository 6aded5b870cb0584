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
    ],
  },
  unaffected: [
    ["expired", evidenceOf(untrusted("CERT_HAS_EXPIRED", [certificate()]))],
    ["another name", evidenceOf(hello({ tls: known(tls({ nameMatch: "none" })) }))],
  ],
  inconclusive: [["no handshake in time", evidenceOf(hello({ tls: outOfTime }))]],
  notApplicable: [["an anonymous handshake", evidenceOf(untrusted("", []))]],
});
