import { known } from "../../../src/core/fact.ts";
import { addressPtrGeneric } from "../../../src/checks/address/ptr-generic.ts";
import { testCheck } from "../../kit/check.ts";
import { address, addresses, evidenceOf, reverseName, servfail } from "../../kit/evidence.ts";

const host = addresses();
const named = (names: readonly string[], ip = "192.0.2.1") =>
  evidenceOf(host, reverseName({ names: known(names), confirmed: known(names) }, ip));
const v6 = "2001:db8::1";

testCheck(addressPtrGeneric, import.meta.url, {
  pass: [
    ["the name of the server", named(["mx1.example.com"])],
    ["a mail word beside the address", named(["mail-192-0-2-1.example.net"])],
    ["a member of a large pool of senders", named(["mail-wr1-f41.example.net"])],
    ["an outbound server with numbers", named(["a27-11.smtp-out.example.net"])],
    ["a server with a number", named(["vps-84312.example.net"])],
    ["part of the address", named(["srv-2-1.example.net"])],
    ["a longer number that contains the address", named(["n1192-0-2-10.example.net"])],
    ["a provider called dyn", named(["gate7.dyn.example"])],
    [
      "the name in the MX set",
      evidenceOf(
        addresses({}, "192-0-2-1.example.net"),
        reverseName({ names: known(["192-0-2-1.example.net"]) }),
      ),
    ],
    ["one chosen name of two", named(["dyn-192-0-2-1.isp.example.net", "mx1.example.com"])],
    ["IPv6 with a chosen name", named(["mx1.example.com"], v6)],
  ],
  problems: {
    dynamic: [
      ["dialup", named(["dialup-192-0-2-1.isp.example.net"])],
      ["backwards, with a pool", named(["1.2.0.192.pool.example.net"])],
      ["dsl with a number of its own", named(["dsl-84-12.isp.example.net"])],
      ["the MX set names the line itself", named(["192-0-2-1.dyn.example.net"])],
    ],
    numbered: [
      ["the default of a hosting provider", named(["static.1.2.0.192.clients.example.net"])],
      ["of a cloud", named(["ec2-192-0-2-1.compute-1.example.net"])],
      ["padded with zeros", named(["host192000002001.example.net"])],
      ["in hexadecimal", named(["c0000201.example.net"])],
      [
        "IPv6 backwards",
        named(
          ["1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip.example.net"],
          v6,
        ),
      ],
      ["IPv6 with hyphens", named(["2001-db8--1.example.net"], v6)],
      ["IPv6 in full", named(["2001-0db8-0000-0000-0000-0000-0000-0001.example.net"], v6)],
    ],
  },
  inconclusive: [["SERVFAIL", evidenceOf(host, reverseName({ names: servfail }))]],
  notApplicable: [
    ["no reverse name", named([])],
    [
      "a private address",
      evidenceOf(
        addresses({ ipv4: known([address("192.0.2.1", "private use")]) }),
        reverseName({ names: known(["dyn-192-0-2-1.isp.example.net"]) }),
      ),
    ],
  ],
});
