import { known } from "../../../src/core/fact.ts";
import { mxMissing } from "../../../src/checks/mx/missing.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

testCheck(mxMissing, import.meta.url, {
  pass: [
    ["two exchangers", evidenceOf(mxSet())],
    ["a null MX", evidenceOf(mxSet({ records: known(exchanges(".")) }))],
    ["an implicit MX", evidenceOf(mxSet({ records: known([]), implicit: known(true) }))],
  ],
  problems: {
    "no-mail-host": [["neither MX nor address", evidenceOf(mxSet({ records: known([]) }))]],
  },
  inconclusive: [
    ["the MX question failed", evidenceOf(mxSet({ records: servfail, implicit: servfail }))],
    [
      "no MX, and the address unknown",
      evidenceOf(mxSet({ records: known([]), implicit: servfail })),
    ],
  ],
  notApplicable: [
    ["the name does not exist", evidenceOf(mxSet({ exists: known(false), records: servfail }))],
  ],
});
