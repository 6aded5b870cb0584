import { describe, expect, test } from "vitest";
import { portReach } from "../../src/checks/reach.ts";
import { known, unknown } from "../../src/core/fact.ts";
import { failure } from "../../src/core/failure.ts";
import {
  deadHello,
  environment,
  evidenceOf,
  hello,
  portControl,
  skippedHello,
} from "../kit/evidence.ts";

const timeout = failure("connect", "connect-timeout");
const far = { host: "mx2.example.com", ip: "198.51.100.25" };
const near = { host: "mx2.example.com", ip: "192.0.2.9" };
const v6 = { ip: "2001:db8::1" };

describe("port 25 from here", () => {
  test.each([
    ["open", "a server greets", evidenceOf(hello(), deadHello(timeout, far))],
    ["open", "a server refuses", evidenceOf(deadHello(failure("connect", "connect-refused")))],
    [
      "open",
      "the control answers",
      evidenceOf(
        deadHello(timeout),
        portControl({ reason: "control" }, { ip: "203.0.113.1", port: 25 }),
      ),
    ],
    ["blocked", "two networks are silent", evidenceOf(deadHello(timeout), deadHello(timeout, far))],
    [
      "blocked",
      "one is silent, but answers on another port",
      evidenceOf(deadHello(timeout), portControl()),
    ],
    ["unclear", "one network is silent", evidenceOf(deadHello(timeout), deadHello(timeout, near))],
    [
      "unclear",
      "one is silent, on other ports too",
      evidenceOf(deadHello(timeout), portControl({ reachable: known(false) })),
    ],
    [
      "unclear",
      "one of them is not known",
      evidenceOf(deadHello(timeout), hello({ connected: unknown("deadline") }, far)),
    ],
    ["unclear", "nothing was tried", evidenceOf(skippedHello("not-requested"))],
    ["unclear", "only another port was tried", evidenceOf(hello({}, { port: 587 }))],
    [
      "no-route",
      "every address is unreachable",
      evidenceOf(deadHello(failure("connect", "connect-unreachable"))),
    ],
  ] as const)("%s: %s", (state, _title, evidence) => {
    expect(portReach(evidence, 4)).toBe(state);
  });
});

test("judges the families apart", () => {
  const unreachable = failure("connect", "connect-unreachable");
  const evidence = evidenceOf(hello(), deadHello(unreachable, v6));
  expect([portReach(evidence, 4), portReach(evidence, 6)]).toEqual(["open", "no-route"]);
});

test("takes silence over IPv6 for a missing route where the machine has none", () => {
  const evidence = evidenceOf(environment({ ipv6Route: false }), deadHello(timeout, v6));
  expect(portReach(evidence, 6)).toBe("no-route");
  expect(portReach(evidenceOf(environment(), deadHello(timeout, v6)), 6)).toBe("unclear");
});
