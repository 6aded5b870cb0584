import { spfMultiple } from "../../../src/checks/spf/multiple.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, servfail, spf } from "../../kit/evidence.ts";

testCheck(spfMultiple, import.meta.url, {
  pass: [["one record", evidenceOf(spf())]],
  problems: { several: [["two records", evidenceOf(spf(["v=spf1 mx -all", "v=spf1 a -all"]))]] },
  inconclusive: [["SERVFAIL", evidenceOf(spf([], { records: servfail }))]],
  notApplicable: [["none", evidenceOf(spf([]))]],
});
