import { known } from "../../../src/core/fact.ts";
import { spfMissing } from "../../../src/checks/spf/missing.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, exchanges, mxSet, servfail, spf } from "../../kit/evidence.ts";

testCheck(spfMissing, import.meta.url, {
  pass: [["a record", evidenceOf(mxSet(), spf())]],
  problems: {
    missing: [
      ["no record", evidenceOf(mxSet(), spf([]))],
      ["no record, MX unknown", evidenceOf(mxSet({ records: servfail }), spf([]))],
    ],
    "missing-no-mail": [
      ["a null MX", evidenceOf(mxSet({ records: known(exchanges(".")) }), spf([]))],
    ],
  },
  inconclusive: [["SERVFAIL", evidenceOf(mxSet(), spf([], { records: servfail }))]],
  notApplicable: [["no such domain", evidenceOf(mxSet({ exists: known(false) }), spf([]))]],
});
