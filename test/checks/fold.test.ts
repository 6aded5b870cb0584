import { expect, test } from "vitest";
import { allChecks } from "../../src/checks/index.ts";
import { foldRootCauses } from "../../src/checks/fold.ts";
import { judge } from "../../src/checks/judge.ts";
import { everything } from "../../src/checks/profile.ts";
import type { Evidence } from "../../src/core/evidence.ts";
import { known, unknown } from "../../src/core/fact.ts";
import { failure } from "../../src/core/failure.ts";
import type { RootCause } from "../../src/core/report.ts";
import {
  addresses,
  deadHello,
  dmarc,
  envelope,
  environment,
  evidenceOf,
  exchanges,
  hello,
  mxSet,
  portControl,
  reply,
  servfail,
  spf,
} from "../kit/evidence.ts";

const now = new Date("2026-03-01T00:00:00Z");

function causes(evidence: Evidence): readonly RootCause[] {
  const findings = judge(evidence, {
    checks: allChecks,
    profile: everything,
    now,
    target: "example.com",
  });
  return foldRootCauses(findings, evidence);
}

const timeout = failure("connect", "connect-timeout");
const refused = failure("connect", "connect-refused");
const noRoute = failure("connect", "connect-unreachable");
const policies = [spf(), dmarc()];

test("a healthy domain has no cause for doubt", () => {
  expect(causes(evidenceOf(environment(), mxSet(), hello(), ...policies))).toEqual([]);
});

test("a zone that cannot be resolved is one cause, however many questions failed", () => {
  const broken = mxSet({
    exists: servfail,
    records: servfail,
    implicit: servfail,
    aliases: servfail,
    hosts: [],
  });
  const found = causes(
    evidenceOf(
      environment(),
      broken,
      spf([], { records: servfail }),
      dmarc([], { records: servfail, foundAt: servfail }),
    ),
  );
  expect(found).toHaveLength(1);
  expect(found[0]?.checkIds.length).toBeGreaterThan(5);
});

test("silence on two networks is our own blocked port 25", () => {
  const [cause, ...rest] = causes(
    evidenceOf(
      environment(),
      mxSet({
        records: known(exchanges("a.example.com", "b.example.com")),
        hosts: ["a.example.com", "b.example.com"],
      }),
      deadHello(timeout, { host: "a.example.com", ip: "192.0.2.1" }),
      deadHello(timeout, { host: "b.example.com", ip: "198.51.100.1" }),
      ...policies,
    ),
  );
  expect(rest).toEqual([]);
  expect(cause?.text).toMatch(/^Port 25 seems to be blocked from here/);
});

test("silence on one network, with the same address answering elsewhere, is our blocked port too", () => {
  const silent = deadHello(timeout);
  const [cause] = causes(
    evidenceOf(
      environment(),
      mxSet(),
      silent,
      portControl({ reason: "same-address", reachable: known(true) }),
      ...policies,
    ),
  );
  expect(cause?.text).toMatch(/blocked from here/);
});

test("silence of one address alone is left open, and says what would decide it", () => {
  const [cause, ...rest] = causes(
    evidenceOf(environment(), mxSet(), deadHello(timeout), ...policies),
  );
  expect(rest).toEqual([]);
  expect(cause?.text).toMatch(/cannot be told from here/);
  expect(cause?.advice).toMatch(/--control/);
});

test("where another server answers, silence is the server's and nothing is open", () => {
  const found = causes(
    evidenceOf(
      environment(),
      mxSet({
        records: known(exchanges("mx1.example.com", "b.example.com")),
        hosts: ["mx1.example.com", "b.example.com"],
      }),
      hello(),
      deadHello(timeout, { host: "b.example.com", ip: "198.51.100.1" }),
      ...policies,
    ),
  );
  expect(found).toEqual([]);
});

test("a refused connection is a problem, and what it hides is beside the point", () => {
  const one = mxSet({ records: known(exchanges("mx1.example.com")), hosts: ["mx1.example.com"] });
  expect(causes(evidenceOf(environment(), one, deadHello(refused), ...policies))).toEqual([]);
});

test("our own missing IPv6 is one cause for all its addresses", () => {
  const six = ["2001:db8::1", "2001:db8::2"].map((ip) => deadHello(noRoute, { ip }));
  const [cause, ...rest] = causes(
    evidenceOf(
      environment({ ipv6Route: false }),
      mxSet(),
      addresses(),
      hello(),
      ...six,
      ...policies,
    ),
  );
  expect(rest).toEqual([]);
  expect(cause?.text).toMatch(/^This machine has no IPv6 route/);
});

test("a server that is too busy is one cause", () => {
  const busy = failure("greeting", "rate-limited", undefined, {
    reply: reply(421, "4.7.0 too many connections"),
  });
  const found = causes(
    evidenceOf(
      environment(),
      mxSet(),
      deadHello(busy, {}, { connected: known(true) }),
      ...policies,
    ),
  );
  expect(found).toHaveLength(1);
});

test("the time limit is one cause, wherever it struck", () => {
  const late = failure("greeting", "deadline");
  const found = causes(
    evidenceOf(
      environment(),
      mxSet(),
      deadHello(late, {}, { connected: known(true) }),
      spf([], { records: unknown(failure("resolve", "deadline")) }),
      dmarc(),
    ),
  );
  expect(found).toHaveLength(1);
  expect(found[0]?.advice).toMatch(/--deadline/);
});

test.each([
  [
    550,
    "5.7.27 Sender address rejected: example.org does not accept mail",
    /sender used/,
    /--ehlo-name/,
  ],
  [550, "5.7.1 <>: Sender address rejected", /refuses the null sender/, /MAIL FROM:<>/],
  [450, "4.7.1 Greylisted", /greylists this client/, /again in some minutes/],
  [451, "Temporary local problem", /a temporary error$/, /again later/],
  [550, "5.7.1 192.0.2.7 is listed at bl.example", /for its address or name/, /reputation/],
  [252, "2.5.2 Cannot VRFY user", /contradicts itself/, /^$/],
])("%s %s is told in words, with what to try", (code, text, said, tried) => {
  const relay = known({
    sender: "a@example.org",
    recipient: "b@example.net",
    decidedAt: "rcpt" as const,
    reply: reply(code, text),
  });
  const seen = evidenceOf(environment(), mxSet(), hello(), envelope({ relay }), ...policies);
  const [cause, ...rest] = causes(seen);
  expect(rest).toEqual([]);
  expect(cause?.text).toMatch(said);
  expect(cause?.advice).toMatch(tried);
});

test("a server that hangs up without a word may be down or may not want us", () => {
  const [cause] = causes(
    evidenceOf(environment(), mxSet(), deadHello(failure("greeting", "closed-early")), ...policies),
  );
  expect(cause?.advice).toMatch(/down behind a proxy, or refuse this client/);
});

test("silence over IPv6 is told from a port 25 that is closed over IPv6", () => {
  const silent = deadHello(timeout, { ip: "2001:db8::1" });
  const seen = [environment(), mxSet(), hello(), silent] as const;
  const [unclear] = causes(evidenceOf(...seen, ...policies));
  expect(unclear?.text).toMatch(/may be this network that has no working IPv6$/);
  const control = portControl({ reason: "same-address" }, { ip: "2001:db8::1" });
  const [blocked] = causes(evidenceOf(...seen, control, ...policies));
  expect(blocked?.text).toMatch(/^Port 25 seems to be blocked from here over IPv6/);
});

test("silence on another port is not taken for a blocked port 25", () => {
  const [cause] = causes(evidenceOf(environment(), deadHello(timeout, { port: 587 })));
  expect(cause?.text).not.toMatch(/port 25/i);
  expect(cause?.advice).toMatch(/firewall on the way drops/);
});
