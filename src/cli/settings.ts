import { getServers } from "node:dns";
import { hostname } from "node:os";
import type { Check } from "../core/check.ts";
import { parseConnectTo } from "../core/connect-to.ts";
import { defaultLimits, type Limits } from "../core/context.ts";
import { UsageError } from "../core/errors.ts";
import { severities, type Severity } from "../core/finding.ts";
import { formatEndpoint } from "../core/ip.ts";
import type { Profile } from "../checks/profile.ts";
import type { ExamOptions } from "../exams/options.ts";
import { createAddressScope } from "../knowledge/special-purpose.ts";
import { parseResolver, resolverText } from "../proto/dns/resolver-address.ts";
import { isFormatName, type FormatName } from "../report/index.ts";
import type { Style } from "../report/reporter.ts";
import type { ExitRules } from "./exit.ts";
import { parseProfile } from "./globs.ts";
import type { Io } from "./io.ts";
import type { RawOptions } from "./options.ts";
import { parseOutput, type OutputFile } from "./outputs.ts";
import { screenStyle } from "./style.ts";
import { ignoredProxies, weakenedBy } from "./surroundings.ts";
import { findTrustStore } from "./trust-store.ts";
import { checkRanges, parseControl, parseEhloName, parseSeconds } from "./values.ts";

/** Everything that the options of a command say, checked. */
export interface Settings {
  readonly exam: ExamOptions;
  readonly profile: Profile;
  readonly exit: ExitRules;
  readonly format: FormatName;
  readonly files: readonly OutputFile[];
  readonly style: Omit<Style, "several">;
  /** Mask user names and our own addresses. */
  readonly share: boolean;
  /** The effective options, for the report. */
  readonly recorded: Readonly<Record<string, unknown>>;
}

/** Checks what was typed. Throws UsageError for bad values and contradictions; sends nothing. */
export async function readSettings(
  raw: RawOptions,
  io: Pick<Io, "stdout" | "env">,
  checks: readonly Check[],
): Promise<Settings> {
  refuseContradictions(raw);
  const profile = parseProfile(raw.only ?? [], raw.skip ?? [], checks);
  const exam = await readExamOptions(raw, io.env);
  const { failOn, inconclusive, format, verbose = false, timing } = raw;
  if (!isFormatName(format) || !isSeverity(failOn)) throw new Error("unchecked choice");
  const files = (raw.output ?? []).map((text) => parseOutput(text));
  return {
    exam,
    profile,
    exit: { failOn, inconclusive: inconclusive === "ignore" ? "ignore" : "fail" },
    format,
    files,
    style: screenStyle(io, { color: raw.color, verbose, timing }),
    share: raw.share === true,
    recorded: recordOf(raw, exam, profile, ignoredProxies(io.env)),
  };
}

function refuseContradictions(raw: RawOptions): void {
  const { ipv4, ipv6, passive, control, ehloName, deep, testInjection } = raw;
  const both = (one: string, other: string): never => {
    throw new UsageError(`${one} and ${other} contradict each other`);
  };
  if (ipv4 && ipv6) both("-4", "-6");
  if (passive && control !== undefined) both("--passive", "--control");
  if (passive && ehloName !== undefined) both("--passive", "--ehlo-name");
  if (passive && deep) both("--passive", "--deep");
  if (testInjection && !deep)
    throw new UsageError("--test-injection goes with --deep, which opens the session for it");
}

async function readExamOptions(raw: RawOptions, env: Io["env"]): Promise<ExamOptions> {
  const resolvers = readResolvers(raw.resolver ?? []);
  const scopeOf = createAddressScope();
  const trust = await findTrustStore(raw.caFile, env);
  const loopback = resolvers.every(
    ({ ip, over }) => over === undefined && scopeOf(ip) === "loopback",
  );
  return {
    resolvers,
    trustAd: raw.trustAd === true || loopback,
    connectTo: (raw.connectTo ?? []).map((text) => parseConnectTo(text)),
    treatAsPublic: checkRanges("--treat-as-public", raw.treatAsPublic ?? []),
    allowPrivate: raw.allowPrivate === true,
    limits: readLimits(raw.timeout, raw.deadline),
    ipv4: raw.ipv6 !== true,
    ipv6: raw.ipv4 !== true,
    passive: raw.passive === true,
    envelope: raw.envelope !== false,
    deep: raw.deep === true,
    testInjection: raw.testInjection === true,
    ...(raw.ehloName === undefined ? {} : { ehloName: parseEhloName(raw.ehloName) }),
    ...(raw.control === undefined ? {} : { control: parseControl(raw.control) }),
    hostName: hostname(),
    weakened: weakenedBy(env, trust.name),
    trust,
  };
}

/** The servers named, else those of this machine. Never a public one that nobody asked for. */
function readResolvers(named: readonly string[]): ExamOptions["resolvers"] {
  // A link-local server with a zone ("fe80::1%eth0") has no portable spelling; others follow it.
  const texts = named.length > 0 ? named : getServers().filter((text) => !text.includes("%"));
  if (texts.length === 0)
    throw new UsageError("this machine has no DNS server configured; name one with --resolver");
  return texts.map((text) => parseResolver(text));
}

/** The limits with each stage of a session as long as `--timeout`, no target longer than `--deadline`. */
export function readLimits(timeout: string | undefined, deadline: string | undefined): Limits {
  const limits = { ...defaultLimits };
  if (deadline !== undefined) limits.deadlineMs = parseSeconds("--deadline", deadline, 3600);
  if (timeout === undefined) return limits;
  const most = parseSeconds("--timeout", timeout, 600);
  // A patient user waits longer for servers too; a DNS question is repeated, not waited for.
  for (const stage of ["connectMs", "greetingMs", "tlsMs", "commandMs"] as const)
    limits[stage] = most;
  for (const stage of ["dnsTryMs", "dnsTcpMs", "dnsQueryMs", "quitMs"] as const)
    limits[stage] = Math.min(limits[stage], most);
  return limits;
}

function isSeverity(text: string): text is Severity {
  return (severities as readonly string[]).includes(text);
}

function recordOf(
  raw: RawOptions,
  exam: ExamOptions,
  profile: Profile,
  proxies: readonly string[],
): Readonly<Record<string, unknown>> {
  const { trustAd, treatAsPublic, allowPrivate, limits, ipv4, ipv6, passive, envelope } = exam;
  const { deep, testInjection, ehloName, control, weakened, trust } = exam;
  return {
    resolvers: exam.resolvers.map(resolverText),
    trustAd,
    connectTo: raw.connectTo ?? [],
    trustStore: trust.name,
    treatAsPublic,
    allowPrivate,
    deadlineMs: limits.deadlineMs,
    ...(raw.timeout === undefined
      ? {}
      : { timeoutMs: parseSeconds("--timeout", raw.timeout, 600) }),
    ipv4,
    ipv6,
    passive,
    envelope,
    deep,
    testInjection,
    ...(ehloName === undefined ? {} : { ehloName }),
    ...(control === undefined ? {} : { control: formatEndpoint(control.host, control.port) }),
    only: profile.only,
    skip: profile.skip,
    failOn: raw.failOn,
    inconclusive: raw.inconclusive,
    weakened,
    ignoredProxies: proxies,
  };
}
