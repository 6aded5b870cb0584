import { expect, test } from "vitest";
import { known } from "../../../src/core/fact.ts";
import { addressPtrUnconfirmed } from "../../../src/checks/address/ptr-unconfirmed.ts";
import { judge } from "../../../src/checks/judge.ts";
import { everything } from "../../../src/checks/profile.ts";
import { testCheck } from "../../kit/check.ts";
import { address, addresses, evidenceOf, reverseName, servfail } from "../../kit/evidence.ts";

testCheck(addressPtrUnconfirmed, import.meta.url, {
  pass: [
    ["a name that leads back", evidenceOf(addresses(), reverseName())],
    [
      "one of two leads back",
      evidenceOf(addresses(), reverseName({ names: known(["a.example.net", "mx1.example.com"]) })),
    ],
  ],
  problems: {
    unconfirmed: [
      ["IPv4", evidenceOf(addresses(), reverseName({ confirmed: known([]) }))],
      ["IPv6", evidenceOf(addresses(), reverseName({ confirmed: known([]) }, "2001:db8::1"))],
    ],
  },
  unaffected: [
    [
      "no PTR at all",
      evidenceOf(addresses(), reverseName({ names: known([]), confirmed: known([]) })),
    ],
    [
      "a private address",
      evidenceOf(
        addresses({ ipv4: known([address("10.0.0.1", "private use")]) }),
        reverseName({ confirmed: known([]) }, "10.0.0.1"),
      ),
    ],
  ],
  inconclusive: [
    ["the name cannot be looked up", evidenceOf(reverseName({ confirmed: servfail }))],
  ],
});

test("no record is suggested for a reverse name that is no host name", () => {
  const recordsFor = (name: string) => {
    const evidence = evidenceOf(
      addresses(),
      reverseName({ names: known([name]), confirmed: known([]) }),
    );
    const options = { checks: [addressPtrUnconfirmed], profile: everything, target: "example.com" };
    return judge(evidence, { ...options, now: new Date(0) })[0]?.records;
  };
  expect(recordsFor("mail.example.com")).toHaveLength(1);
  expect(recordsFor("\\027[2jmail.example.com")).toBeUndefined();
  expect(recordsFor("localhost")).toBeUndefined();
});
