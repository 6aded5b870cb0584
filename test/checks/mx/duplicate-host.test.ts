import { known } from "../../../src/core/fact.ts";
import { mxDuplicateHost } from "../../../src/checks/mx/duplicate-host.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

const naming = (...hosts: readonly string[]) => mxSet({ records: known(exchanges(...hosts)) });

testCheck(mxDuplicateHost, import.meta.url, {
  pass: [
    ["two exchangers", evidenceOf(mxSet())],
    ["one exchanger", evidenceOf(naming("mx1.example.com"))],
    ["two null MX, which have a check of their own", evidenceOf(naming(".", "."))],
  ],
  problems: {
    twice: [
      ["once with 10, once with 20", evidenceOf(naming("mx1.example.com", "mx1.example.com"))],
      [
        "another between them",
        evidenceOf(naming("mx1.example.com", "mx2.example.com", "mx1.example.com")),
      ],
    ],
  },
  inconclusive: [["SERVFAIL", evidenceOf(mxSet({ records: servfail }))]],
  notApplicable: [["no MX set", evidenceOf(mxSet({ records: known([]), implicit: known(true) }))]],
});
