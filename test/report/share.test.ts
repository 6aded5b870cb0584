import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../../src/core/report.ts";
import { allChecks } from "../../src/checks/index.ts";
import { judgeCase } from "../../src/cli/judge-case.ts";
import { maskForSharing } from "../../src/report/share.ts";

const folder = join(import.meta.dirname, "../../fixtures/cases/recorded");
const read = (name: string): Report =>
  JSON.parse(readFileSync(join(folder, name), "utf8")) as Report;

/** The case as if asked for a person's address, from a machine that the server greets by address. */
function personal(): Report {
  const text = JSON.stringify(read("expired-cert.json"))
    .replaceAll("EHLO [192.0.2.2]", "EHLO [100.64.7.7]")
    .replace('"ehloName":"[192.0.2.2]"', '"ehloName":"[100.64.7.7]"')
    .replaceAll(
      "250-mail.expired-cert.example",
      "250-mail.expired-cert.example Hello pc [203.0.113.99]",
    );
  const report = JSON.parse(text) as Report;
  const target = {
    ...report.target,
    kind: "address",
    input: "jane.doe@expired-cert.example",
    localPart: "jane.doe",
  } as const;
  return { ...report, target };
}

test("user names, our addresses and private resolvers are masked everywhere", () => {
  const report = personal();
  const whole = JSON.stringify(report);
  expect(whole).toContain("100.64.7.7");
  expect(whole).toContain("203.0.113.99");
  const shared = JSON.stringify(maskForSharing(report));
  for (const secret of ["jane.doe", "100.64.7.7", "203.0.113.99"])
    expect(shared).not.toContain(secret);
  expect(shared).toContain("j***@expired-cert.example");
  expect(shared).toContain("EHLO [our name]");
});

test("the target's own addresses, names and findings stay", () => {
  const report = personal();
  const shared = maskForSharing(report);
  expect(JSON.stringify(shared)).toContain("198.51.100.40");
  expect(shared.summary).toEqual(report.summary);
  const verdicts = ({ findings }: Report) =>
    findings.map(({ checkId, verdict, message }) => [checkId, verdict, message]);
  expect(verdicts(shared)).toEqual(verdicts(report));
  expect(verdicts(judgeCase(shared, { checks: allChecks }))).toEqual(
    verdicts(judgeCase(report, { checks: allChecks })),
  );
});

test("addresses in policies are not ours", () => {
  const report = read("healthy.json");
  const spf = JSON.stringify(report.observations.find(({ kind }) => kind === "spf-record"));
  const shared = maskForSharing(report);
  expect(JSON.stringify(shared.observations.find(({ kind }) => kind === "spf-record"))).toBe(spf);
});

test("resolvers asked over TLS or HTTPS are masked with their names, public ones are not", () => {
  const report = read("healthy.json");
  const resolvers = [
    "tls://10.1.2.3:853#dns.corp.example",
    "https://dns.corp.example/q#10.1.2.3",
    "tls://8.8.8.8:853",
    "https://[2620:fe::9]/dns-query",
  ];
  const shared = maskForSharing({ ...report, options: { ...report.options, resolvers } });
  expect(shared.options["resolvers"]).toEqual([
    "[our resolver]",
    "[our resolver]",
    "tls://8.8.8.8:853",
    "https://[2620:fe::9]/dns-query",
  ]);
});
