import { known } from "../../../src/core/fact.ts";
import { mxUnresolvable } from "../../../src/checks/mx/unresolvable.ts";
import { testCheck } from "../../kit/check.ts";
import { addresses, evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

const nothing = { ipv4: known([]), ipv6: known([]) };
const unsure = { exists: servfail, ipv4: servfail, ipv6: servfail };
const gone = addresses({ ...nothing, exists: known(false) });
const empty = addresses(nothing);
const astray = addresses({ ...nothing, exists: known(false), aliases: known(["gone.example"]) });

testCheck(mxUnresolvable, import.meta.url, {
  pass: [
    [
      "two hosts with addresses",
      evidenceOf(mxSet(), addresses(), addresses({}, "mx2.example.com")),
    ],
    [
      "IPv4 only",
      evidenceOf(mxSet(), addresses({ ipv6: known([]) }), addresses({}, "mx2.example.com")),
    ],
    ["an address, although AAAA cannot be had", evidenceOf(addresses({ ipv6: servfail }))],
  ],
  problems: {
    "name-not-found": [["one of two", evidenceOf(mxSet(), gone, addresses({}, "mx2.example.com"))]],
    "no-address": [
      ["one of two", evidenceOf(mxSet(), empty, addresses({}, "mx2.example.com"))],
      ["an alias of nothing", evidenceOf(mxSet(), astray, addresses({}, "mx2.example.com"))],
      [
        "one of two, the other unknown",
        evidenceOf(mxSet(), empty, addresses(unsure, "mx2.example.com")),
      ],
    ],
    all: [
      ["both", evidenceOf(mxSet(), gone, addresses(nothing, "mx2.example.com"))],
      [
        "the only one, an IP literal",
        evidenceOf(
          mxSet({ records: known(exchanges("192.0.2.1")) }),
          addresses({ form: "ip-literal" }, "192.0.2.1"),
        ),
      ],
    ],
    target: [
      ["a name that the user typed", evidenceOf(gone)],
      ["a typed name without address", evidenceOf(empty)],
      ["a typed alias of nothing", evidenceOf(astray)],
    ],
  },
  unaffected: [
    [
      "a literal beside a good host",
      evidenceOf(
        mxSet({ records: known(exchanges("mx1.example.com", "192.0.2.9")) }),
        addresses(),
        addresses({ form: "ip-literal" }, "192.0.2.9"),
      ),
    ],
  ],
  inconclusive: [
    ["SERVFAIL", evidenceOf(mxSet(), addresses(unsure))],
    [
      "no address of one family, the other unknown",
      evidenceOf(addresses({ ...nothing, ipv6: servfail })),
    ],
  ],
});
