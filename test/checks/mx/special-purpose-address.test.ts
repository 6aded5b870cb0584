import { known, unknown } from "../../../src/core/fact.ts";
import { mxSpecialPurposeAddress } from "../../../src/checks/mx/special-purpose-address.ts";
import { testCheck } from "../../kit/check.ts";
import { address, addresses, evidenceOf, mxSet, servfail } from "../../kit/evidence.ts";

const inside = address("10.0.0.1", "private use");
const lost = addresses({ ipv4: known([inside]), ipv6: known([]) });

testCheck(mxSpecialPurposeAddress, import.meta.url, {
  pass: [
    ["public addresses", evidenceOf(mxSet(), addresses())],
    [
      "IPv4 alone, IPv6 switched off",
      evidenceOf(mxSet(), addresses({ ipv6: unknown("not-requested") })),
    ],
    [
      "an IPv6 address made by our own DNS64",
      evidenceOf(
        mxSet(),
        addresses({ ipv6: known([address("64:ff9b::c000:201", "IPv4/IPv6 translation")]) }),
      ),
    ],
  ],
  problems: {
    some: [
      [
        "a translated address of some other host",
        evidenceOf(
          mxSet(),
          addresses({ ipv6: known([address("64:ff9b::c000:2ff", "IPv4/IPv6 translation")]) }),
        ),
      ],
      [
        "one private of three",
        evidenceOf(mxSet(), addresses({ ipv4: known([address("192.0.2.1"), inside]) })),
      ],
    ],
    all: [
      [
        "one of two exchangers has only private ones",
        evidenceOf(mxSet(), lost, addresses({}, "mx2.example.com")),
      ],
      [
        "and the other is not known",
        evidenceOf(mxSet(), lost, addresses({ ipv4: servfail }, "mx2.example.com")),
      ],
    ],
    "no-public-address": [["no exchanger has a public one", evidenceOf(mxSet(), lost)]],
  },
  unaffected: [["a host that the user named", evidenceOf(lost)]],
  inconclusive: [
    [
      "private IPv4 addresses, IPv6 not known",
      evidenceOf(mxSet(), addresses({ ipv4: known([inside]), ipv6: servfail })),
    ],
  ],
});
