import { known, unknown } from "../../../src/core/fact.ts";
import { failure } from "../../../src/core/failure.ts";
import { addressFamilyDiffers } from "../../../src/checks/address/family-differs.ts";
import { testCheck } from "../../kit/check.ts";
import {
  addresses,
  announced,
  certificate,
  deadHello,
  evidenceOf,
  hello,
  outOfTime,
  reply,
  skippedHello,
  tls,
} from "../../kit/evidence.ts";

const v6 = { ip: "2001:db8::1" };
const host = addresses();
const clear = {
  starttls: known({ state: "not-offered" } as const),
  tls: unknown("not-applicable"),
  extensionsAfterTls: unknown("not-applicable"),
};
const selfSigned = { tls: known(tls({ trusted: false })) };
const otherName = { tls: known(tls({ nameMatch: "none" })) };

testCheck(addressFamilyDiffers, import.meta.url, {
  pass: [
    ["both alike", evidenceOf(host, hello(), hello({}, v6))],
    [
      "a pool whose members have names, keys and extensions of their own",
      evidenceOf(
        host,
        hello({ greetingName: known("a.example.com"), extensionsAfterTls: announced("SIZE 1000") }),
        hello(
          {
            greetingName: known("b.example.com"),
            tls: known(tls({ chain: [certificate({ spkiSha256: "01" })] })),
          },
          v6,
        ),
      ),
    ],
    ["both without STARTTLS", evidenceOf(host, hello(clear), hello(clear, v6))],
    ["both self-signed", evidenceOf(host, hello(selfSigned), hello(selfSigned, v6))],
    [
      "one bad address of two in the same family",
      evidenceOf(host, hello(), hello(selfSigned, { ip: "192.0.2.2" }), hello({}, v6)),
    ],
    [
      "a filter before IPv4 alone hides STARTTLS",
      evidenceOf(host, hello({ ...clear, masked: ["keyword XXXXXXXA"] }), hello({}, v6)),
    ],
  ],
  problems: {
    differs: [
      ["no STARTTLS over IPv6", evidenceOf(host, hello(), hello(clear, v6))],
      ["self-signed over IPv4", evidenceOf(host, hello(selfSigned), hello({}, v6))],
      ["another name over IPv6", evidenceOf(host, hello(), hello(otherName, v6))],
      [
        "STARTTLS breaks over IPv6",
        evidenceOf(
          host,
          hello(),
          hello(
            {
              starttls: known({ state: "broken", failure: failure("tls", "tls-handshake") }),
              tls: unknown(failure("tls", "tls-handshake")),
            },
            v6,
          ),
        ),
      ],
    ],
  },
  inconclusive: [
    [
      "no IPv6 here",
      evidenceOf(host, hello(), deadHello(failure("connect", "connect-unreachable"), v6)),
    ],
    ["no handshake in time", evidenceOf(host, hello({ tls: outOfTime }), hello({}, v6))],
    [
      "STARTTLS is refused to this client",
      evidenceOf(
        host,
        hello(),
        hello(
          {
            starttls: known({ state: "refused", reply: reply(421, "4.7.0 too many connections") }),
            tls: outOfTime,
          },
          v6,
        ),
      ),
    ],
  ],
  notApplicable: [
    ["IPv4 only", evidenceOf(host, hello())],
    ["IPv6 was switched off", evidenceOf(host, hello(), skippedHello("not-requested", v6))],
    ["only the DNS was looked at", evidenceOf(host)],
  ],
});
