import { known, unknown } from "../../../src/core/fact.ts";
import { tlsVersionOld } from "../../../src/checks/tls/version-old.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

testCheck(tlsVersionOld, import.meta.url, {
  pass: [
    ["TLS 1.3", evidenceOf(hello())],
    ["TLS 1.2", evidenceOf(hello({ tls: known(tls({ version: "TLSv1.2" })) }))],
  ],
  problems: {
    old: [
      ["TLS 1.0", evidenceOf(hello({ tls: known(tls({ version: "TLSv1" })) }))],
      ["TLS 1.1", evidenceOf(hello({ tls: known(tls({ version: "TLSv1.1" })) }))],
    ],
  },
  inconclusive: [["no handshake in time", evidenceOf(hello({ tls: outOfTime }))]],
  notApplicable: [["no STARTTLS", evidenceOf(hello({ tls: unknown("not-applicable") }))]],
});
