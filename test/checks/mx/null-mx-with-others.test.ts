import { known } from "../../../src/core/fact.ts";
import { mxNullMxWithOthers } from "../../../src/checks/mx/null-mx-with-others.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

testCheck(mxNullMxWithOthers, import.meta.url, {
  pass: [["a null MX alone", evidenceOf(mxSet({ records: known(exchanges(".")) }))]],
  problems: {
    mixed: [
      [
        "beside an exchanger",
        evidenceOf(mxSet({ records: known(exchanges(".", "mx1.example.com")) })),
      ],
      ["beside another null MX", evidenceOf(mxSet({ records: known(exchanges(".", ".")) }))],
    ],
    preference: [
      [
        "preference 10",
        evidenceOf(mxSet({ records: known([{ exchange: ".", preference: 10, ttlSeconds: 60 }]) })),
      ],
    ],
  },
  inconclusive: [["SERVFAIL", evidenceOf(mxSet({ records: servfail }))]],
  notApplicable: [["no null MX", evidenceOf(mxSet())]],
});
