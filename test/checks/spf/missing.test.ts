import { expect, test } from "vitest";
import { known } from "../../../src/core/fact.ts";
import { spfMissing } from "../../../src/checks/spf/missing.ts";
import { runCheck, testCheck } from "../../kit/check.ts";
import { evidenceOf, exchanges, mxSet, servfail, spf } from "../../kit/evidence.ts";

test.each([
  ["the exchangers", mxSet(), '"v=spf1 mx ~all"'],
  [
    "the domain's own address, where mx would match nothing",
    mxSet({ records: known([]), implicit: known(true) }),
    '"v=spf1 a ~all"',
  ],
])("suggests %s", (_title, mx, value) => {
  const [found] = runCheck(spfMissing, evidenceOf(mx, spf([])));
  expect(found).toMatchObject({ records: [{ name: "example.com.", type: "TXT", value }] });
});

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
