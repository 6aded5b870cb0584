import { known } from "../../../src/core/fact.ts";
import { dmarcPolicyNone } from "../../../src/checks/dmarc/policy-none.ts";
import { testCheck } from "../../kit/check.ts";
import { dmarc, evidenceOf, servfail } from "../../kit/evidence.ts";

testCheck(dmarcPolicyNone, import.meta.url, {
  pass: [
    ["reject", evidenceOf(dmarc())],
    ["reject in test mode still quarantines", evidenceOf(dmarc(["v=DMARC1; p=reject; t=y"]))],
    [
      "none for the domain above, sp for this one",
      evidenceOf(dmarc(["v=DMARC1; p=none; sp=reject"], { foundAt: known("com") })),
    ],
  ],
  problems: {
    none: [
      ["p=none", evidenceOf(dmarc(["v=DMARC1; p=none"]))],
      ["no p", evidenceOf(dmarc(["v=DMARC1; rua=mailto:postmaster@example.com"]))],
      [
        "sp=none above",
        evidenceOf(dmarc(["v=DMARC1; p=reject; sp=none"], { foundAt: known("com") })),
      ],
    ],
    testing: [["quarantine in test mode", evidenceOf(dmarc(["v=DMARC1; p=quarantine; t=y"]))]],
  },
  inconclusive: [["SERVFAIL", evidenceOf(dmarc([], { records: servfail, foundAt: servfail }))]],
  notApplicable: [["none", evidenceOf(dmarc([]))]],
});
