import { allChecks as checks } from "../../checks/index.ts";
import { UsageError } from "../../core/errors.ts";
import type { Report } from "../../core/report.ts";
import { parseMailTarget } from "../../core/target.ts";
import { count } from "../../core/text.ts";
import { startDemo, type Demo, type DemoDomain } from "../../demo/internet.ts";
import { blank, drawLines, type Line } from "../../report/terminal/layout.ts";
import { cameOutAs } from "../demo-expectation.ts";
import { examineTargets } from "../examine.ts";
import { exitCodes } from "../exit.ts";
import { write, type Io } from "../io.ts";
import { nearest } from "../nearest.ts";
import type { RawOptions } from "../options.ts";
import { readSettings, type Settings } from "../settings.ts";
import { shown } from "../values.ts";

/**
 * `demo`: runs `check` over the domains of a miniature mail internet on loopback, or over one.
 * 0 when every domain came out as its story says, else 1.
 */
export async function demo(
  domain: string | undefined,
  raw: Partial<RawOptions>,
  io: Io,
): Promise<number> {
  const internet = await startDemo();
  try {
    const settings = await readSettings(optionsOf(raw, internet), io, checks);
    const domains = choose(domain, internet.domains);
    return settings.format === "terminal"
      ? await tell(domains, settings, io)
      : await examineAll(domains, settings, io);
  } finally {
    await internet.close();
  }
}

function choose(typed: string | undefined, domains: readonly DemoDomain[]): readonly DemoDomain[] {
  if (typed === undefined) return domains;
  const wanted = parseMailTarget(typed).domain;
  const found = domains.filter(({ domain }) => domain === wanted);
  if (found.length > 0) return found;
  const names = domains.map(({ domain }) => domain);
  const close = nearest(wanted, names);
  const hint = close === undefined ? `; it has ${names.join(", ")}` : `; did you mean ${close}?`;
  throw new UsageError(`the demo has no domain "${shown(typed)}"${hint}`);
}

/** The options that a person could type to examine the demo's internet. */
function optionsOf(raw: Partial<RawOptions>, { options }: Demo): RawOptions {
  return {
    format: "terminal",
    failOn: "error",
    inconclusive: "fail",
    ...raw,
    resolver: [options.resolver],
    connectTo: options.connectTo,
    caFile: options.caFile,
    treatAsPublic: options.treatAsPublic,
  };
}

/** One domain after the other, each with its story. */
async function tell(domains: readonly DemoDomain[], settings: Settings, io: Io): Promise<number> {
  const say = (lines: readonly Line[]) => write(io.stdout, drawLines(lines, settings.style));
  const unexpected: string[] = [];
  await say([{ text: introduction }]);
  for (const [index, one] of domains.entries()) {
    if (io.signal.aborted) break;
    const place = domains.length > 1 ? `${index + 1} of ${domains.length}. ` : "";
    const reading = await say([
      blank,
      blank,
      { text: `${place}${one.domain}: ${one.title}`, tone: "strong" },
      { text: one.story.replace(/\s+/g, " ").trim() },
      { text: `$ maildoctor check ${one.domain}`, tone: "dim" },
      blank,
    ]);
    if (!reading) break;
    if (!(await examineDomains([one], settings, io))) unexpected.push(one.domain);
  }
  if (io.signal.aborted) return exitCodes.unknown;
  await say([blank, blank, ...closing(domains, unexpected)]);
  return unexpected.length === 0 ? exitCodes.good : exitCodes.problems;
}

async function examineAll(
  domains: readonly DemoDomain[],
  settings: Settings,
  io: Io,
): Promise<number> {
  return (await examineDomains(domains, settings, io)) ? exitCodes.good : exitCodes.problems;
}

/** Whether every domain came out as expected. */
async function examineDomains(
  domains: readonly DemoDomain[],
  settings: Settings,
  io: Io,
): Promise<boolean> {
  const reports: Report[] = [];
  await examineTargets({
    exam: "domain",
    targets: domains.map(({ domain }) => parseMailTarget(domain)),
    settings,
    checks,
    io,
    onReport: (report) => reports.push(report),
  });
  return domains.every(({ domain, expect }) =>
    reports.some((report) => report.target.domain === domain && cameOutAs(expect, report)),
  );
}

const introduction =
  "A miniature mail internet runs inside this process: a name server and mail servers on loopback, " +
  "some healthy, some not. Nothing leaves this machine. maildoctor examines it as it would any other.";

function closing(domains: readonly DemoDomain[], unexpected: readonly string[]): Line[] {
  if (unexpected.length > 0)
    return [
      {
        text: `Not as its story says: ${unexpected.join(", ")}. Please report this.`,
        tone: "error",
      },
    ];
  const [first] = domains;
  const all =
    domains.length === 1
      ? `${first?.domain ?? "The domain"} came out as its story says.`
      : `All ${count(domains.length, "domain")} came out as their stories say.`;
  return [
    { text: all, tone: "good" },
    blank,
    { text: "What to try next:" },
    { indent: 2, text: `maildoctor demo ${first?.domain ?? ""} -v`, whole: true },
    { indent: 6, text: "the same with every line that was said" },
    { indent: 2, text: "maildoctor explain", whole: true },
    { indent: 6, text: "everything that is checked, and why" },
    { indent: 2, text: "maildoctor check example.com", whole: true },
    { indent: 6, text: "a domain of your own" },
  ];
}
