import { known } from "../../../src/core/fact.ts";
import { mxDuplicateAddress } from "../../../src/checks/mx/duplicate-address.ts";
import { testCheck } from "../../kit/check.ts";
import { address, addresses, evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

const ips = (...list: readonly string[]) => known(list.map((ip) => address(ip)));
const at = (host: string, ipv4: readonly string[], ipv6: readonly string[] = []) =>
  addresses({ ipv4: ips(...ipv4), ipv6: ips(...ipv6) }, host);
const [mx1, mx2, mx3] = ["mx1.example.com", "mx2.example.com", "mx3.example.com"];

testCheck(mxDuplicateAddress, import.meta.url, {
  pass: [
    ["two servers", evidenceOf(mxSet(), at(mx1, ["192.0.2.1"]), at(mx2, ["192.0.2.2"]))],
    [
      "two names of one pool with several addresses",
      evidenceOf(
        mxSet(),
        at(mx1, ["192.0.2.1", "198.51.100.1"]),
        at(mx2, ["198.51.100.1", "192.0.2.1"]),
      ),
    ],
    [
      "IPv4 shared, IPv6 not",
      evidenceOf(
        mxSet(),
        at(mx1, ["192.0.2.1"], ["2001:db8::1"]),
        at(mx2, ["192.0.2.1"], ["2001:db8::2"]),
      ),
    ],
    [
      "different in one family, unknown in the other",
      evidenceOf(
        mxSet(),
        addresses({ ipv6: servfail }),
        addresses({ ipv4: ips("192.0.2.2"), ipv6: servfail }, mx2),
      ),
    ],
    ["both without address", evidenceOf(mxSet(), at(mx1, []), at(mx2, []))],
  ],
  problems: {
    same: [
      ["one address", evidenceOf(mxSet(), at(mx1, ["192.0.2.1"]), at(mx2, ["192.0.2.1"]))],
      [
        "one address of each family",
        evidenceOf(
          mxSet(),
          at(mx1, ["192.0.2.1"], ["2001:db8::1"]),
          at(mx2, ["192.0.2.1"], ["2001:db8::1"]),
        ),
      ],
      [
        "two of three",
        evidenceOf(
          mxSet({ records: known(exchanges(mx1, mx2, mx3)) }),
          at(mx1, ["192.0.2.1"]),
          at(mx2, ["198.51.100.1"]),
          at(mx3, ["192.0.2.1"]),
        ),
      ],
    ],
  },
  inconclusive: [
    [
      "IPv6 of one could not be looked up",
      evidenceOf(mxSet(), at(mx1, ["192.0.2.1"]), addresses({ ipv6: servfail }, mx2)),
    ],
    ["SERVFAIL for the MX set", evidenceOf(mxSet({ records: servfail }))],
  ],
  notApplicable: [
    ["one exchanger", evidenceOf(mxSet({ records: known(exchanges(mx1)) }), addresses())],
  ],
});
