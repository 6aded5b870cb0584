import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Ajv2020 } from "ajv/dist/2020.js";
import { allChecks } from "../../src/checks/index.ts";
import { judgeCase } from "../../src/cli/judge-case.ts";
import type { Report } from "../../src/core/report.ts";
import { reportSchema } from "../../src/report/schema.ts";
import { expectations } from "./expectations.ts";
import { available } from "./kit/available.ts";
import { complaintsIn, farewellsIn } from "./kit/mail-log.ts";
import { startMailInternet, type MailInternet } from "./kit/mail-internet.ts";
import { maildoctor, problemsIn, reportOf, verdictIn, type Run } from "./kit/maildoctor.ts";
import { missingServers } from "./kit/plan.ts";

const { ok, missing } = available();
const servers = "with real servers (Postfix, Exim, Sendmail, OpenSMTPD, Knot DNS, unbound)";
const title = ok ? servers : `${servers}, skipped because of missing: ${missing.join(", ")}`;

const validate = new Ajv2020({ strict: false }).compile(reportSchema);

/** One run may wait for DNS, connections and greetings, and several run at the same time. */
const timeout = 60_000;

describe.skipIf(!ok)(title, () => {
  let internet: MailInternet;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "maildoctor-reports-"));
    internet = await startMailInternet();
  }, timeout);

  afterAll(async () => {
    await internet?.stop();
    await rm(folder, { recursive: true, force: true });
  }, timeout);

  /** Runs a command on a target, drawn on the terminal and written as JSON by the same run. */
  async function examine(command: string, target: string): Promise<{ run: Run; report: Report }> {
    const file = join(folder, `${command}-${target}.json`);
    const output = ["--no-color", "--output", `json:${file}`];
    const run = await maildoctor([command, target, ...output, ...internet.options]);
    return { run, report: await reportOf(run, file) };
  }

  describe.concurrent("check", () => {
    for (const expected of expectations) {
      const absent = missingServers(expected.domain);
      const name = `${expected.domain}: ${expected.says}`;
      const why = absent.length === 0 ? "" : `, skipped because of missing: ${absent.join(", ")}`;
      test.skipIf(why !== "")(`${name}${why}`, { timeout }, async () => {
        const { run, report } = await examine("check", expected.domain);
        expect(verdictIn(run)).toMatch(expected.verdict);
        expect(run.stdout.split("\n")[0]).toBe(report.summary.headline);
        expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
        const again = judgeCase(report, { checks: allChecks });
        expect(JSON.stringify(again.findings)).toBe(JSON.stringify(report.findings));
        expect({ exitCode: run.exitCode, problems: problemsIn(report) }).toEqual({
          exitCode: expected.exitCode,
          problems: expected.problems,
        });
        const causes = report.summary.rootCauses.map(({ text }) => text);
        if (expected.rootCauses !== undefined) expect(causes).toHaveLength(expected.rootCauses);
        const visits = [...(await internet.connections(expected.domain)).values()];
        expect(visits).toEqual(visits.map(() => expected.visits ?? 1));
        const log = internet.ownLog(expected.domain);
        if (log === undefined) return;
        expect(complaintsIn(await log())).toEqual([]);
        // A server may write its last line after the client has left.
        const farewells = async (): Promise<number> => farewellsIn(await log());
        await expect.poll(farewells, { timeout: 5000 }).toBe(visits.length);
      });
    }
  });

  describe.concurrent("route.test, a signed zone with two exchangers on IPv4 and IPv6", () => {
    const exchangers = ["mx1.route.test", "mx2.route.test"];

    test("mx walks the route without a connection", { timeout }, async () => {
      const { run, report } = await examine("mx", "route.test");
      expect(run.exitCode).toBe(0);
      for (const name of exchangers) expect(verdictIn(run)).toContain(name);
      expect(report.observations.filter(({ kind }) => kind === "smtp-hello")).toEqual([]);
      const mxSet = report.observations.find(({ kind }) => kind === "mx-set");
      expect(mxSet?.data?.["authentic"]).toEqual({ known: true, value: true });
    });

    test("smtp shows the handshake of each address", { timeout }, async () => {
      const { run, report } = await examine("smtp", "route.test");
      expect(run.exitCode).toBe(0);
      const hellos = report.observations.filter(({ kind }) => kind === "smtp-hello");
      expect(hellos.map(({ outcome, subject }) => `${outcome} ${subject.host}`).toSorted()).toEqual(
        exchangers.flatMap((name) => [`ok ${name}`, `ok ${name}`]),
      );
      for (const { transcript } of hellos)
        expect(transcript?.some(({ encrypted }) => encrypted)).toBe(true);
    });
  });

  test("every finding cites observations that are in the report", { timeout }, async () => {
    const { report } = await examine("check", "route.test");
    const ids = new Set(report.observations.map(({ id }) => id));
    expect(report.findings.length).toBeGreaterThan(10);
    for (const { cites, checkId } of report.findings) {
      expect(cites, checkId).not.toEqual([]);
      expect(cites.filter((id) => !ids.has(id), checkId)).toEqual([]);
    }
  });
});
