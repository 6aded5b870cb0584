import { known } from "../../../src/core/fact.ts";
import { domainNotFound } from "../../../src/checks/domain/not-found.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, mxSet, servfail } from "../../kit/evidence.ts";

testCheck(domainNotFound, import.meta.url, {
  pass: [["a domain with MX records", evidenceOf(mxSet())]],
  problems: {
    "name-not-found": [
      ["NXDOMAIN", evidenceOf(mxSet({ exists: known(false), records: known([]) }))],
    ],
    "alias-to-nothing": [
      [
        "NXDOMAIN behind an alias",
        evidenceOf(
          mxSet({
            exists: known(false),
            records: known([]),
            aliases: known(["www.example.net", "gone.example.net"]),
          }),
        ),
      ],
    ],
  },
  unaffected: [["a name without any mail records", evidenceOf(mxSet({ records: known([]) }))]],
  inconclusive: [["SERVFAIL", evidenceOf(mxSet({ exists: servfail, records: servfail }))]],
});
