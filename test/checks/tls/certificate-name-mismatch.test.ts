import { known, unknown } from "../../../src/core/fact.ts";
import { tlsCertificateNameMismatch } from "../../../src/checks/tls/certificate-name-mismatch.ts";
import { testCheck } from "../../kit/check.ts";
import { certificate, evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

testCheck(tlsCertificateNameMismatch, import.meta.url, {
  pass: [
    ["the host's name", evidenceOf(hello())],
    ["a wildcard", evidenceOf(hello({ tls: known(tls({ nameMatch: "wildcard" })) }))],
  ],
  problems: {
    mismatch: [
      [
        "another name",
        evidenceOf(
          hello({
            tls: known(
              tls({ nameMatch: "none", chain: [certificate({ dnsNames: ["www.example.com"] })] }),
            ),
          }),
        ),
      ],
    ],
    unnamed: [
      [
        "a common name only",
        evidenceOf(
          hello({ tls: known(tls({ nameMatch: "none", chain: [certificate({ dnsNames: [] })] })) }),
        ),
      ],
    ],
  },
  unaffected: [
    [
      "a server named by its address",
      evidenceOf(
        hello({ tls: known(tls({ nameMatch: "none", referenceIdentifier: "192.0.2.1" })) }),
      ),
    ],
  ],
  inconclusive: [
    ["the handshake was cut off", evidenceOf(hello({ tls: outOfTime }))],
    [
      "the certificate was presented for another name of the address",
      evidenceOf(hello({ tls: known(tls({ nameMatch: "not-judged" })) })),
    ],
  ],
  notApplicable: [["no STARTTLS", evidenceOf(hello({ tls: unknown("not-applicable") }))]],
});
