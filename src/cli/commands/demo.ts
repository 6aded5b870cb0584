import { allChecks as checks } from "../../checks/index.ts";
import { UsageError } from "../../core/errors.ts";
import { parseMailTarget } from "../../core/target.ts";
import { startDemo, type Demo, type DemoDomain } from "../../demo/internet.ts";
import { blank, drawLines, type Line } from "../../report/terminal/layout.ts";
import { exitCodes } from "../exit.ts";
import { write, type Io } from "../io.ts";
import { nearest } from "../nearest.ts";
import type { RawOptions } from "../options.ts";
import { readSettings } from "../settings.ts";
import { shown } from "../values.ts";
import { overview } from "./demo-overview.ts";
import { examineAloud, unlikeTheirStory, type DemoStage } from "./demo-run.ts";
import { serveDemo } from "./demo-serve.ts";
import { closing, introduction, storyOf } from "./demo-text.ts";
import { takeTour } from "./demo-tour.ts";

/** The options of `demo` itself, beside some of those of `check`. */
export interface DemoOptions extends Partial<RawOptions> {
  readonly serve?: boolean;
  readonly tour?: boolean;
}

/**
 * `demo`: runs `check` over the domains of a miniature mail internet on loopback, or over some of
 * them; takes a tour through it; or serves it until the user interrupts. 0 when every domain
 * examined came out as its story says, else 1.
 */
export async function demo(typed: readonly string[], raw: DemoOptions, io: Io): Promise<number> {
  refuseContradictions(typed, raw);
  const internet = await startDemo();
  try {
    const settings = await readSettings(optionsOf(raw, internet), io, checks);
    const stage = { domains: choose(typed, internet.domains), settings, io };
    if (raw.serve === true) {
      await serveDemo(internet, settings, io);
      return exitCodes.good;
    }
    const unexpected = await perform(typed, raw, stage);
    if (unexpected === undefined) return exitCodes.unknown;
    return unexpected.length === 0 ? exitCodes.good : exitCodes.problems;
  } finally {
    await internet.close();
  }
}

function refuseContradictions(typed: readonly string[], raw: DemoOptions): void {
  const [mode] = raw.serve === true ? ["--serve"] : raw.tour === true ? ["--tour"] : [];
  if (mode === undefined) return;
  const both = (other: string): never => {
    throw new UsageError(`${mode} and ${other} contradict each other`);
  };
  if (raw.serve === true && raw.tour === true) both("--tour");
  if (typed.length > 0) both("a domain");
  if (raw.format !== undefined && raw.format !== "terminal") both(`--format ${shown(raw.format)}`);
}

/** Returns the domains that came out otherwise than told; undefined when interrupted. */
async function perform(
  typed: readonly string[],
  raw: DemoOptions,
  stage: DemoStage,
): Promise<readonly string[] | undefined> {
  if (stage.settings.format !== "terminal") return examineAll(stage);
  if (raw.tour === true) return takeTour(stage);
  return typed.length === 0 ? overview(stage) : tell(stage);
}

function choose(typed: readonly string[], domains: readonly DemoDomain[]): readonly DemoDomain[] {
  if (typed.length === 0) return domains;
  const names = domains.map(({ domain }) => domain);
  return typed.map((text) => {
    const wanted = parseMailTarget(text).domain;
    const found = domains.find(({ domain }) => domain === wanted);
    if (found !== undefined) return found;
    const close = nearest(wanted, names);
    const hint =
      close === undefined ? "; maildoctor demo lists those it has" : `; did you mean ${close}?`;
    throw new UsageError(`the demo has no domain "${shown(text)}"${hint}`);
  });
}

/** The options that a person could type to examine the demo's internet. */
function optionsOf(raw: DemoOptions, { options }: Demo): RawOptions {
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
async function tell(stage: DemoStage): Promise<readonly string[] | undefined> {
  const { domains, settings, io } = stage;
  const say = (lines: readonly Line[]) => write(io.stdout, drawLines(lines, settings.style));
  const unexpected: string[] = [];
  await say([{ text: introduction }]);
  for (const [index, one] of domains.entries()) {
    if (io.signal.aborted) break;
    const place = domains.length > 1 ? `${index + 1} of ${domains.length}. ` : "";
    if (!(await say([blank, blank, ...storyOf(one, place), blank]))) break;
    const reports = await examineAloud("domain", [parseMailTarget(one.domain)], stage);
    unexpected.push(...unlikeTheirStory([one], reports));
  }
  if (io.signal.aborted) return undefined;
  await say([blank, blank, ...closing(domains, unexpected)]);
  return unexpected;
}

async function examineAll(stage: DemoStage): Promise<readonly string[]> {
  const targets = stage.domains.map(({ domain }) => parseMailTarget(domain));
  return unlikeTheirStory(stage.domains, await examineAloud("domain", targets, stage));
}
