import { expect } from "vitest";
import { allChecks } from "../../../src/checks/index.ts";
import { judge } from "../../../src/checks/judge.ts";
import { everything } from "../../../src/checks/profile.ts";
import type { Limits } from "../../../src/core/context.ts";
import { createEvidence } from "../../../src/core/evidence.ts";
import type { Finding } from "../../../src/core/finding.ts";
import { formatEndpoint, reverseNameOf } from "../../../src/core/ip.ts";
import type { Observation } from "../../../src/core/observation.ts";
import type { ExamOptions } from "../../../src/exams/options.ts";
import type { Examination } from "../../../src/exams/run.ts";
import { serveText } from "../../kit/dialogue.ts";
import { serveStarttls } from "../../kit/starttls-server.ts";
import { serveZones } from "../../kit/zone.ts";
import { examine, startRun } from "../run-kit.ts";

/** What a server of a case does: the text of a dialogue, or a change to a polite server. */
export type Server = string | NonNullable<Parameters<typeof serveStarttls>[0]>;

/** A domain in a zone of its own, its servers by address, and what is to be said of it. */
export interface Case {
  /** Completes "a domain …". */
  readonly what: string;
  /** example.com unless given. */
  readonly domain?: string;
  readonly zone: string;
  readonly servers: Readonly<Record<string, Server>>;
  readonly options?: Partial<ExamOptions>;
  readonly limits?: Partial<Limits>;
  /** Changes what was observed before it is judged, where time itself would have to be waited out. */
  readonly afterwards?: (observation: Observation) => Observation;
  /** Every problem, notes included: "room/check:message severity". */
  readonly finds: readonly string[];
  /** Checks that could not tell. */
  readonly leavesOpen?: readonly string[];
}

/** An address that a case forgot refuses, and nothing leaves the machine. */
const nowhere = [":25:127.0.0.1:1"];

/** Examines the domain of the case over sockets and judges what was seen with every check. */
export async function findingsOf(sample: Case): Promise<Finding[]> {
  const { domain = "example.com", servers, afterwards = (same) => same } = sample;
  const { resolver } = await serveZones([sample.zone]);
  const connectTo = await Promise.all(
    Object.entries(servers).map(async ([ip, server]) => {
      const { host, port } = await start(server);
      return `${formatEndpoint(ip, 25)}:${formatEndpoint(host, port)}`;
    }),
  );
  const { options = {}, limits = {} } = sample;
  const run = startRun({
    resolver,
    connectTo: [...connectTo, ...nowhere],
    limits,
    options,
  });
  const seen = await examine(run, "domain", domain);
  expect(seen.ended).toBe("complete");
  return judgeAll({ ...seen, observations: seen.observations.map(afterwards) }, domain);
}

function start(server: Server): Promise<{ readonly host: string; readonly port: number }> {
  return typeof server === "string" ? serveText(server) : serveStarttls(server);
}

/** What every check says, at the time of the examination. */
export function judgeAll({ observations, startedAt }: Examination, target: string): Finding[] {
  return judge(createEvidence(observations), {
    checks: allChecks,
    profile: everything,
    now: new Date(startedAt),
    target,
  });
}

/** The problems among the findings, each kind once, sorted: "room/check:message severity". */
export function problemsAmong(findings: readonly Finding[]): string[] {
  const problems = findings.filter(({ verdict }) => verdict === "problem");
  const words = problems.map((one) => `${one.checkId}:${one.message} ${one.severity}`);
  return [...new Set(words)].toSorted();
}

/** The checks that could not tell, each once, sorted. */
export function leftOpen(findings: readonly Finding[]): string[] {
  const open = findings.filter(({ verdict }) => verdict === "inconclusive");
  return [...new Set(open.map(({ checkId }) => checkId))].toSorted();
}

interface Contents {
  /** Lines with the MX set; one exchanger "mx" unless given. */
  readonly mx?: string;
  /** Names, relative to example.com, by address; each address leads back to its name. */
  readonly hosts?: Readonly<Record<string, string>>;
  readonly spf?: string;
  readonly dmarc?: string;
  /** Further lines. */
  readonly more?: string;
}

/** The zone example.com, sound but for what is given. */
export function zone({
  mx = "@ MX 10 mx",
  hosts = { "192.0.2.1": "mx" },
  spf = "v=spf1 mx -all",
  dmarc = "v=DMARC1; p=reject",
  more = "",
}: Contents = {}): string {
  const places = Object.entries(hosts).flatMap(([ip, host]) => [
    `${host} ${ip.includes(":") ? "AAAA" : "A"} ${ip}`,
    `${reverseNameOf(ip)}. PTR ${host}.example.com.`,
  ]);
  return `
$ORIGIN example.com.
@ SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ NS ns
${mx}
${places.join("\n")}
@ TXT "${spf}"
_dmarc TXT "${dmarc}"
${more}
`;
}
