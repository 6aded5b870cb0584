import { known } from "../../../src/core/fact.ts";
import { dmarcMultiple } from "../../../src/checks/dmarc/multiple.ts";
import { testCheck } from "../../kit/check.ts";
import { dmarc, evidenceOf, servfail } from "../../kit/evidence.ts";

testCheck(dmarcMultiple, import.meta.url, {
  pass: [["one record", evidenceOf(dmarc())]],
  problems: {
    several: [
      ["two at the domain", evidenceOf(dmarc(["v=DMARC1; p=none", "v=DMARC1; p=reject"]))],
      [
        "two above it",
        evidenceOf(
          dmarc([], {
            foundAt: known(""),
            walk: [
              { name: "a.example.com", records: [] },
              { name: "example.com", records: ["v=DMARC1; p=none", "v=DMARC1; p=reject"] },
            ],
          }),
        ),
      ],
    ],
  },
  inconclusive: [["SERVFAIL", evidenceOf(dmarc([], { records: servfail }))]],
  notApplicable: [["none", evidenceOf(dmarc([]))]],
});
