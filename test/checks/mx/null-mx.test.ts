import { known } from "../../../src/core/fact.ts";
import { mxNullMx } from "../../../src/checks/mx/null-mx.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, exchanges, mxSet, servfail, spf } from "../../kit/evidence.ts";

const nullMx = mxSet({ records: known(exchanges(".")) });

testCheck(mxNullMx, import.meta.url, {
  pass: [
    ["SPF that allows nobody", evidenceOf(nullMx, spf(["v=spf1 -all"]))],
    ["no SPF record at all", evidenceOf(nullMx, spf([]))],
  ],
  problems: {
    "but-sends": [
      ["SPF that allows a server", evidenceOf(nullMx, spf(["v=spf1 ip4:192.0.2.1 -all"]))],
      ["SPF that is soft", evidenceOf(nullMx, spf(["v=spf1 ~all"]))],
    ],
  },
  inconclusive: [
    ["SERVFAIL to MX", evidenceOf(mxSet({ records: servfail }), spf())],
    ["SERVFAIL to TXT", evidenceOf(nullMx, spf([], { records: servfail }))],
  ],
  notApplicable: [
    ["no MX at all", evidenceOf(mxSet({ records: known([]) }), spf())],
    ["an MX set", evidenceOf(mxSet(), spf())],
    [
      "a null MX with company",
      evidenceOf(mxSet({ records: known(exchanges(".", "mx1.example.com")) }), spf()),
    ],
    ["no SPF question was asked", evidenceOf(nullMx)],
  ],
});
