import { known } from "../../../src/core/fact.ts";
import { mxImplicit } from "../../../src/checks/mx/implicit.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

testCheck(mxImplicit, import.meta.url, {
  pass: [["an MX set", evidenceOf(mxSet())]],
  problems: {
    implicit: [
      ["an address alone", evidenceOf(mxSet({ records: known([]), implicit: known(true) }))],
    ],
  },
  unaffected: [
    ["a null MX", evidenceOf(mxSet({ records: known(exchanges(".")) }))],
    ["neither MX nor address", evidenceOf(mxSet({ records: known([]) }))],
  ],
  inconclusive: [
    ["the address unknown", evidenceOf(mxSet({ records: known([]), implicit: servfail }))],
  ],
});
