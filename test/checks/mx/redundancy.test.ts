import { known } from "../../../src/core/fact.ts";
import { mxRedundancy } from "../../../src/checks/mx/redundancy.ts";
import { testCheck } from "../../kit/check.ts";
import { address, addresses, evidenceOf, exchanges, mxSet, servfail } from "../../kit/evidence.ts";

const hosts = ["mx1.example.com", "mx2.example.com", "mx3.example.com"];
const three = mxSet({ records: known(exchanges(...hosts)) });
const none = known([]);
const at = (ipv4: readonly string[], ipv6: readonly (string | undefined)[] = []) =>
  hosts.map((host, index) => {
    const [a, aaaa] = [ipv4[index], ipv6[index]];
    return addresses(
      {
        ipv4: a === undefined ? none : known([address(a)]),
        ipv6: aaaa === undefined ? none : known([address(aaaa)]),
      },
      host,
    );
  });
const near = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];

testCheck(mxRedundancy, import.meta.url, {
  pass: [
    ["two networks", evidenceOf(three, ...at(["192.0.2.1", "192.0.2.2", "198.51.100.1"]))],
    [
      "one network of IPv4, several of IPv6",
      evidenceOf(three, ...at(near, ["2001:db8::1", "2001:db8:1::1", "2001:db8:2::1"])),
    ],
  ],
  problems: {
    "one-network": [
      ["one /24", evidenceOf(three, ...at(near))],
      [
        "one /24 and one /48",
        evidenceOf(three, ...at(near, ["2001:db8::1", "2001:db8:0:2::1", "2001:db8::3"])),
      ],
    ],
  },
  inconclusive: [
    [
      "the addresses of one are not known",
      evidenceOf(
        three,
        ...at(near).slice(0, 2),
        addresses({ ipv4: servfail, ipv6: servfail }, "mx3.example.com"),
      ),
    ],
    ["SERVFAIL for the MX set", evidenceOf(mxSet({ records: servfail }))],
  ],
  notApplicable: [
    [
      "one server",
      evidenceOf(mxSet({ records: known(exchanges("mx1.example.com")) }), addresses()),
    ],
    ["two servers side by side", evidenceOf(mxSet(), ...at(near).slice(0, 2))],
    [
      "three names of one server",
      evidenceOf(three, ...at(["192.0.2.1", "192.0.2.1", "192.0.2.1"])),
    ],
  ],
});
