import { expect, test } from "vitest";
import type { Check, Message } from "../../src/core/check.ts";
import { createEvidence } from "../../src/core/evidence.ts";
import { known, unknown } from "../../src/core/fact.ts";
import { failure } from "../../src/core/failure.ts";
import type { Finding, Severity } from "../../src/core/finding.ts";
import type { Observation, Subject } from "../../src/core/observation.ts";
import type { RootCause } from "../../src/core/report.ts";
import { headline } from "../../src/report/headline.ts";

const target = {
  kind: "domain",
  input: "x",
  domain: "example.com",
  unicode: "example.com",
} as const;

const messages: Record<string, Message> = {
  missing: { severity: "error", text: "", fix: "", clause: "{who} would hand it over unencrypted" },
  dead: {
    severity: "error",
    text: "",
    fix: "",
    clause: "{who:does|do} not answer ({port})",
    undeliverable: true,
  },
  old: { severity: "warning", text: "", fix: "", clause: "{who} {who:uses|use} {version}" },
  hint: { severity: "note", text: "", fix: "", clause: "a hint" },
};
const checks: Check[] = Object.entries(messages).map(([id, message]) => ({
  id: `room/${id}`,
  title: "",
  over: "smtp-hello",
  facts: [],
  reads: [],
  specs: [],
  tags: [],
  messages: { [id]: message },
  explain: { what: "", why: "", fix: "", blind: "", falseAlarm: "" },
  run: () => [],
}));

function problem(id: string, subject: Subject, data: Finding["data"] = {}): Finding {
  const severity: Severity | undefined = messages[id]?.severity;
  return {
    checkId: `room/${id}`,
    verdict: "problem",
    message: id,
    ...(severity === undefined ? {} : { severity }),
    subject,
    data,
    cites: [],
    fingerprint: "",
    text: "",
    fix: "",
  };
}

function observation(
  kind: string,
  data: Observation["data"],
  more: Partial<Observation> = {},
): Observation {
  return {
    id: kind,
    kind,
    subject: {},
    startedAtMs: 0,
    durationMs: 0,
    outcome: "ok",
    data,
    dependsOn: [],
    timings: {},
    ...more,
  };
}

const ok = { code: 250, lines: ["ok"] };
const mx = (...hosts: string[]): Observation =>
  observation("mx-set", { hosts, records: known(hosts.map((exchange) => ({ exchange }))) });
const hello = observation("smtp-hello", { hello: known({}) });
const envelope = observation("smtp-envelope", { postmaster: known(ok) });

function line(
  observations: Observation[],
  findings: Finding[],
  rootCauses: RootCause[] = [],
  exam = "domain",
): string {
  return headline({
    target,
    exam,
    findings,
    rootCauses,
    checks,
    evidence: createEvidence(observations),
  });
}

const cause: RootCause = {
  observation: "",
  cause: { failure: failure("resolve", "dns-servfail") },
  text: "The resolver answered SERVFAIL",
  advice: "",
  checkIds: [],
};

test("a healthy domain gets one plain clause", () => {
  expect(line([mx("a.example"), hello, envelope], [])).toBe("Mail to example.com arrives");
});

test("an internationalised name is shown in both forms", () => {
  const named = { ...target, domain: "xn--mnchen-3ya.example", unicode: "münchen.example" };
  const input = { exam: "domain", findings: [], rootCauses: [], checks };
  const evidence = createEvidence([mx("a.example"), hello, envelope]);
  expect(headline({ ...input, target: named, evidence })).toBe(
    "Mail to münchen.example (xn--mnchen-3ya.example) arrives",
  );
});

test("notes do not spoil the sentence", () => {
  const findings = [problem("hint", { host: "a.example" })];
  expect(line([mx("a.example"), hello, envelope], findings)).toBe("Mail to example.com arrives");
});

test("without a recipient taken the claim is weaker", () => {
  expect(line([mx("a.example"), hello], [])).toBe("The mail servers of example.com answer");
});

test("the worst problem follows, counted over the servers", () => {
  const findings = ["a.example", "b.example"].map((host) => problem("missing", { host }));
  expect(line([mx("a.example", "b.example", "c.example"), hello, envelope], findings)).toBe(
    "Mail to example.com arrives, but two of three servers would hand it over unencrypted",
  );
  expect(line([mx("a.example", "b.example"), hello, envelope], findings)).toBe(
    "Mail to example.com arrives, but both servers would hand it over unencrypted",
  );
  expect(line([mx("a.example", "b.example"), hello, envelope], findings.slice(0, 1))).toBe(
    "Mail to example.com arrives, but one of two servers (a.example) would hand it over unencrypted",
  );
  expect(line([mx("a.example"), hello, envelope], findings.slice(0, 1))).toBe(
    "Mail to example.com arrives, but a.example would hand it over unencrypted",
  );
});

test("an error comes before a warning, and the rest is counted", () => {
  const findings = [
    problem("old", { host: "a.example" }, { version: "TLSv1" }),
    problem("missing", { host: "a.example" }),
  ];
  expect(line([mx("a.example"), hello, envelope], findings)).toBe(
    "Mail to example.com arrives, but a.example would hand it over unencrypted; 1 more problem below",
  );
});

test("two addresses of one server are one server", () => {
  const findings = ["192.0.2.1", "192.0.2.2"].map((ip) =>
    problem("old", { host: "a.example", ip }, { version: "TLSv1" }),
  );
  expect(line([mx("a.example"), hello, envelope], findings)).toBe(
    "Mail to example.com arrives, but a.example uses TLSv1",
  );
});

test("lost mail is said first", () => {
  const findings = [
    problem("old", { host: "a.example" }, { version: "x" }),
    problem("dead", {}, { port: "25" }),
  ];
  expect(line([mx("a.example")], findings)).toMatch(
    /^Mail to example.com is lost: .*\(25\); 1 more problem below$/,
  );
});

test("could not tell is neither arrives nor lost", () => {
  const failed = observation("mx-set", {
    hosts: [],
    records: unknown(failure("resolve", "dns-servfail")),
  });
  expect(line([failed], [], [cause])).toBe(
    "Could not tell whether mail to example.com arrives: the resolver answered SERVFAIL",
  );
  expect(line([mx("a.example"), hello, envelope], [], [cause])).toBe(
    "Mail to example.com arrives; not everything could be told: the resolver answered SERVFAIL",
  );
});

test("servers beyond the limit count among those of which something is said", () => {
  const { data, ...rest } = mx("a.example", "b.example");
  const large = { ...rest, data: { ...data, omitted: 198 } };
  const findings = ["a.example", "b.example"].map((host) => problem("missing", { host }));
  expect(line([large, hello], findings)).toContain("two of 200 servers would");
});

test("a null MX is an answer of its own", () => {
  expect(line([mx(".")], [])).toBe("example.com accepts no mail and says so (null MX)");
});

test("DNS alone claims nothing about servers", () => {
  const skipped = observation("smtp-hello", null, {
    outcome: "skipped",
    skipReason: "not-requested",
  });
  expect(line([mx("a.example"), skipped], [])).toBe(
    "The DNS of example.com names its mail servers; none was contacted",
  );
  expect(line([mx("a.example", "b.example")], [], [], "route")).toBe(
    "Mail to example.com goes to a.example and b.example",
  );
});
