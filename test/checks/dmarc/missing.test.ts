import { known } from "../../../src/core/fact.ts";
import { dmarcMissing } from "../../../src/checks/dmarc/missing.ts";
import { testCheck } from "../../kit/check.ts";
import { dmarc, evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

testCheck(dmarcMissing, import.meta.url, {
  pass: [
    ["a record of its own", evidenceOf(mxSet(), dmarc())],
    [
      "a record of the domain above",
      evidenceOf(dmarc(["v=DMARC1; p=reject"], { foundAt: known("com") })),
    ],
  ],
  problems: {
    missing: [["none up the tree", evidenceOf(mxSet(), dmarc([]))]],
    "missing-no-mail": [
      ["a null MX", evidenceOf(mxSet({ records: known(exchanges(".")) }), dmarc([]))],
    ],
  },
  unaffected: [
    [
      "several at the domain",
      evidenceOf(
        dmarc([], {
          walk: [{ name: "example.com", records: ["v=DMARC1; p=none", "v=DMARC1; p=reject"] }],
        }),
      ),
    ],
  ],
  inconclusive: [["SERVFAIL", evidenceOf(dmarc([], { records: servfail, foundAt: servfail }))]],
  notApplicable: [["no such domain", evidenceOf(mxSet({ exists: known(false) }), dmarc([]))]],
});
