import { known } from "../../../src/core/fact.ts";
import { addressPtrGreeting } from "../../../src/checks/address/ptr-greeting.ts";
import { testCheck } from "../../kit/check.ts";
import { addresses, evidenceOf, hello, reverseName, servfail } from "../../kit/evidence.ts";

const greeting = (name: string, names: readonly string[] = ["mx1.example.com"]) =>
  evidenceOf(
    addresses(),
    hello({ greetingName: known(name) }),
    reverseName({ names: known(names) }),
  );

testCheck(addressPtrGreeting, import.meta.url, {
  pass: [
    ["the same name", evidenceOf(addresses(), hello(), reverseName())],
    ["in other letters", greeting("MX1.Example.COM")],
    ["a member of the host's own domain", greeting("node7.example.com", ["a.pool.example.net"])],
    ["the name of the provider's server", greeting("in3.hosting.test", ["in3.hosting.test"])],
    ["another member of the provider's pool", greeting("in3.hosting.test", ["out9.hosting.test"])],
    [
      "kin to the host, and the reverse name is not known",
      evidenceOf(addresses(), hello(), reverseName({ names: servfail })),
    ],
  ],
  problems: {
    stranger: [
      ["a name of nobody", greeting("server1.old-company.test", ["gate.isp.example.net"])],
    ],
  },
  inconclusive: [
    [
      "the reverse name is not known",
      evidenceOf(
        addresses(),
        hello({ greetingName: known("server1.old-company.test") }),
        reverseName({ names: servfail }),
      ),
    ],
  ],
  notApplicable: [
    ["no full name", greeting("localhost", ["gate.isp.example.net"])],
    ["an address literal", greeting("[192.0.2.1]", ["gate.isp.example.net"])],
    ["no reverse name", greeting("server1.old-company.test", [])],
    [
      "a masked greeting",
      evidenceOf(
        addresses(),
        hello({ greetingName: known("a.old-company.test"), masked: ["greeting of asterisks"] }),
        reverseName({ names: known(["gate.isp.example.net"]) }),
      ),
    ],
    ["reverse names were not asked for", evidenceOf(addresses(), hello())],
  ],
});
