import { expect, test } from "vitest";
import { failure } from "../../../src/core/failure.ts";
import { known } from "../../../src/core/fact.ts";
import { mxUnreachable } from "../../../src/checks/mx/unreachable.ts";
import { runCheck, testCheck } from "../../kit/check.ts";
import {
  addresses,
  deadHello,
  evidenceOf,
  exchanges,
  hello,
  mxSet,
  portControl,
  reply,
  servfail,
  skippedHello,
} from "../../kit/evidence.ts";

const mx2 = { host: "mx2.example.com", ip: "198.51.100.25" };
const v6 = { ip: "2001:db8::1" };
const second = hello({}, mx2);
const one = mxSet({ records: known(exchanges("mx1.example.com")) });
const refused = failure("connect", "connect-refused");
const timeout = failure("connect", "connect-timeout");
const busy = failure("greeting", "rate-limited", undefined, { reply: reply(421, "4.3.2 busy") });

test("the servers are not given up while addresses of one could not be looked up", () => {
  const evidence = evidenceOf(one, addresses({ ipv4: servfail }), deadHello(refused, v6));
  const [own, all] = runCheck(mxUnreachable, evidence);
  expect(own).toMatchObject({ verdict: "problem", message: "dead" });
  expect(all).toMatchObject({ verdict: "inconclusive", because: servfail });
});

testCheck(mxUnreachable, import.meta.url, {
  pass: [
    ["both exchangers greet", evidenceOf(mxSet(), hello(), second)],
    ["a host that the user named", evidenceOf(hello())],
    ["IPv6 was switched off", evidenceOf(one, hello(), skippedHello("not-requested", v6))],
  ],
  problems: {
    dead: [
      ["one refuses connections", evidenceOf(mxSet(), deadHello(refused), second)],
      [
        "the IPv4 address refuses, and IPv6 was switched off",
        evidenceOf(one, deadHello(refused), skippedHello("not-requested", v6)),
      ],
      ["one times out while another answers", evidenceOf(mxSet(), deadHello(timeout), second)],
      [
        "IPv6 times out although IPv6 works elsewhere",
        evidenceOf(
          mxSet(),
          hello(),
          deadHello(timeout, v6),
          hello({}, { host: "mx2.example.com", ip: "2001:db8:2::1" }),
        ),
      ],
      [
        "one is dead, the other not known",
        evidenceOf(mxSet(), deadHello(refused), deadHello(busy, mx2)),
      ],
    ],
    "wrong-protocol": [
      [
        "a web server on port 25",
        evidenceOf(
          mxSet(),
          deadHello(failure("greeting", "wrong-protocol"), {}, { heard: "http" }),
          second,
        ),
      ],
    ],
    all: [
      ["the only one refuses", evidenceOf(one, deadHello(refused))],
      ["both refuse", evidenceOf(mxSet(), deadHello(refused), deadHello(refused, mx2))],
      [
        "one refuses, one times out: packets travel",
        evidenceOf(mxSet(), deadHello(refused), deadHello(timeout, mx2)),
      ],
      [
        "all time out, and a control shows that port 25 is open",
        evidenceOf(
          one,
          deadHello(timeout),
          portControl(
            { reason: "control" },
            { host: "gate.example.net", ip: "198.51.100.1", port: 25 },
          ),
        ),
      ],
    ],
    target: [["the host that the user named", evidenceOf(deadHello(refused))]],
  },
  unaffected: [
    [
      "a private address was not visited",
      evidenceOf(mxSet(), skippedHello("not-applicable"), second),
    ],
  ],
  inconclusive: [
    ["everything times out", evidenceOf(mxSet(), deadHello(timeout), deadHello(timeout, mx2))],
    ["a greeting of 421", evidenceOf(one, deadHello(busy))],
    [
      "a greeting of 554",
      evidenceOf(one, hello({ greeting: known(reply(554, "No SMTP service here")) })),
    ],
    [
      "closed or reset before the greeting",
      evidenceOf(
        mxSet(),
        deadHello(failure("greeting", "closed-early")),
        deadHello(failure("greeting", "connect-reset"), mx2),
      ),
    ],
    ["a greeting of 450", evidenceOf(one, hello({ greeting: known(reply(450, "later")) }))],
    [
      "silence",
      evidenceOf(one, deadHello(failure("greeting", "read-timeout"), {}, { heard: "silence" })),
    ],
    [
      "no IPv6 here",
      evidenceOf(one, hello(), deadHello(failure("connect", "connect-unreachable"), v6)),
    ],
    ["not reached before the deadline", evidenceOf(one, skippedHello("deadline"))],
  ],
});
