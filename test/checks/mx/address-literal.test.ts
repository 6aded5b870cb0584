import { known } from "../../../src/core/fact.ts";
import { mxAddressLiteral } from "../../../src/checks/mx/address-literal.ts";
import { testCheck } from "../../kit/check.ts";
import { addresses, evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

testCheck(mxAddressLiteral, import.meta.url, {
  pass: [["a host name", evidenceOf(mxSet(), addresses())]],
  problems: {
    literal: [
      [
        "in an MX record",
        evidenceOf(
          mxSet({ records: known(exchanges("192.0.2.1")) }),
          addresses({ form: "ip-literal" }, "192.0.2.1"),
        ),
      ],
    ],
  },
  unaffected: [["named by the user", evidenceOf(addresses({ form: "ip-literal" }, "192.0.2.1"))]],
  inconclusive: [
    [
      "the MX set is not known",
      evidenceOf(
        mxSet({ records: servfail, hosts: ["192.0.2.1"] }),
        addresses({ form: "ip-literal" }, "192.0.2.1"),
      ),
    ],
  ],
});
