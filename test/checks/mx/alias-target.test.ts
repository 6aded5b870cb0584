import { known } from "../../../src/core/fact.ts";
import { mxAliasTarget } from "../../../src/checks/mx/alias-target.ts";
import { testCheck } from "../../kit/check.ts";
import { addresses, evidenceOf, mxSet, servfail } from "../../kit/evidence.ts";

testCheck(mxAliasTarget, import.meta.url, {
  pass: [["addresses of its own", evidenceOf(mxSet(), addresses())]],
  problems: {
    alias: [
      [
        "an alias of another host",
        evidenceOf(mxSet(), addresses({ aliases: known(["cdn.example.net", "mail.example.net"]) })),
      ],
    ],
    dangling: [
      [
        "an alias of a name that does not exist",
        evidenceOf(
          mxSet(),
          addresses({
            exists: known(false),
            ipv4: known([]),
            ipv6: known([]),
            aliases: known(["gone.example.net"]),
          }),
        ),
      ],
    ],
  },
  unaffected: [
    ["a host that no MX names", evidenceOf(addresses({ aliases: known(["mail.example.net"]) }))],
    [
      "the domain itself is an alias (implicit MX)",
      evidenceOf(
        mxSet({ records: known([]), implicit: known(true) }),
        addresses({ aliases: known(["www.example.net"]) }, "example.com"),
      ),
    ],
  ],
  inconclusive: [
    ["the host cannot be looked up", evidenceOf(mxSet(), addresses({ aliases: servfail }))],
    [
      "the MX set is not known",
      evidenceOf(mxSet({ records: servfail, hosts: ["mx1.example.com"] }), addresses()),
    ],
  ],
});
