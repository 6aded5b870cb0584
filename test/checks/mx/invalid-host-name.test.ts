import { known } from "../../../src/core/fact.ts";
import { mxInvalidHostName } from "../../../src/checks/mx/invalid-host-name.ts";
import { testCheck } from "../../kit/check.ts";
import { addresses, evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

testCheck(mxInvalidHostName, import.meta.url, {
  pass: [["a host name", evidenceOf(mxSet(), addresses())]],
  problems: {
    invalid: [
      [
        "in an MX record",
        evidenceOf(
          mxSet({ records: known(exchanges("mail_1.example.com")) }),
          addresses({ form: "invalid-name" }, "mail_1.example.com"),
        ),
      ],
    ],
  },
  unaffected: [
    ["named by the user", evidenceOf(addresses({ form: "invalid-name" }, "mail_1.example.com"))],
  ],
  inconclusive: [
    [
      "the MX set is not known",
      evidenceOf(
        mxSet({ records: servfail, hosts: ["mail_1.example.com"] }),
        addresses({ form: "invalid-name" }, "mail_1.example.com"),
      ),
    ],
  ],
});
