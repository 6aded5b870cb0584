import { known } from "../../../src/core/fact.ts";
import { mxTooMany } from "../../../src/checks/mx/too-many.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

const names = (size: number) =>
  Array.from({ length: size }, (_none, index) => `mx${index + 1}.example.com`);
const naming = (hosts: readonly string[]) =>
  evidenceOf(mxSet({ records: known(exchanges(...hosts)) }));

testCheck(mxTooMany, import.meta.url, {
  pass: [
    ["two", evidenceOf(mxSet())],
    ["ten", naming(names(10))],
    ["ten, one of them twice", naming([...names(10), "mx1.example.com"])],
  ],
  problems: { many: [["eleven", naming(names(11))]] },
  inconclusive: [["SERVFAIL", evidenceOf(mxSet({ records: servfail }))]],
  notApplicable: [["no MX set", naming([])]],
});
