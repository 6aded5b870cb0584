import { known, unknown } from "../../../src/core/fact.ts";
import { failure } from "../../../src/core/failure.ts";
import { tlsLegacyVersions } from "../../../src/checks/tls/legacy-versions.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, legacyTls, observed, tls } from "../../kit/evidence.ts";

const cipher = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA";
const accepted = (version: string) =>
  evidenceOf(hello(), legacyTls(known({ accepted: true, version, cipher })));

testCheck(tlsLegacyVersions, import.meta.url, {
  pass: [
    ["refused with an alert", evidenceOf(hello(), legacyTls())],
    [
      "hung up",
      evidenceOf(legacyTls(known({ accepted: false, how: "the server closed the connection" }))),
    ],
  ],
  problems: {
    accepted: [
      ["TLS 1.1", accepted("TLSv1.1")],
      ["TLS 1.0", accepted("TLSv1")],
    ],
  },
  inconclusive: [
    [
      "our own library refuses",
      evidenceOf(legacyTls(unknown(failure("tls", "tls-handshake", "no protocols available")))),
    ],
    ["silence", evidenceOf(legacyTls(unknown(failure("tls", "read-timeout"))))],
    ["out of time", evidenceOf(legacyTls(unknown("deadline")))],
  ],
  notApplicable: [
    [
      "an old version is all there is",
      evidenceOf(
        hello({ tls: known(tls({ version: "TLSv1" })) }),
        observed("tls-legacy", {}, null, { skipReason: "not-applicable" }),
      ),
    ],
  ],
});
