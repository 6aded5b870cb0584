import { known } from "../../../src/core/fact.ts";
import { mxLocalhost } from "../../../src/checks/mx/localhost.ts";
import { testCheck } from "../../kit/check.ts";
import { addresses, evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

testCheck(mxLocalhost, import.meta.url, {
  pass: [["a host name", evidenceOf(mxSet(), addresses())]],
  problems: {
    localhost: [
      [
        "in an MX record",
        evidenceOf(
          mxSet({ records: known(exchanges("localhost")) }),
          addresses({ form: "localhost" }, "localhost"),
        ),
      ],
    ],
  },
  unaffected: [["named by the user", evidenceOf(addresses({ form: "localhost" }, "localhost"))]],
  inconclusive: [
    [
      "the MX set is not known",
      evidenceOf(
        mxSet({ records: servfail, hosts: ["localhost"] }),
        addresses({ form: "localhost" }, "localhost"),
      ),
    ],
  ],
});
