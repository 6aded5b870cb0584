import { known } from "../../../src/core/fact.ts";
import { addressPtrMissing } from "../../../src/checks/address/ptr-missing.ts";
import { testCheck } from "../../kit/check.ts";
import { address, addresses, evidenceOf, reverseName, servfail } from "../../kit/evidence.ts";

testCheck(addressPtrMissing, import.meta.url, {
  pass: [["a reverse name", evidenceOf(addresses(), reverseName())]],
  problems: {
    missing: [
      ["no PTR", evidenceOf(addresses(), reverseName({ names: known([]), confirmed: known([]) }))],
      ["no PTR for an address that was typed", evidenceOf(reverseName({ names: known([]) }))],
    ],
  },
  unaffected: [
    [
      "a private address",
      evidenceOf(
        addresses({ ipv4: known([address("10.0.0.1", "private use")]) }),
        reverseName({ names: known([]) }, "10.0.0.1"),
      ),
    ],
  ],
  inconclusive: [["SERVFAIL", evidenceOf(addresses(), reverseName({ names: servfail }))]],
});
