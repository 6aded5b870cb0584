import type { Report } from "../../core/report.ts";
import { parseMailTarget } from "../../core/target.ts";
import { chapters } from "../../demo/scenarios/index.ts";
import { reporters } from "../../report/index.ts";
import { blank, drawLines, type Line, type Tone } from "../../report/terminal/layout.ts";
import { textWidth } from "../../report/terminal/width.ts";
import { createChannel } from "../channel.ts";
import { write } from "../io.ts";
import { closing, introduction, storyOf } from "./demo-text.ts";
import { examineQuietly, unlikeTheirStory, type DemoStage } from "./demo-run.ts";

/** The domain whose diagnosis is shown whole: looking at its first server alone, one sees no fault. */
const shownWhole = "no-starttls.example";

/**
 * Examines every domain, prints one line for each and then one diagnosis in full, and returns the
 * names of the domains that came out otherwise than their stories say; undefined when interrupted.
 */
export async function overview(stage: DemoStage): Promise<readonly string[] | undefined> {
  const { domains, settings, io } = stage;
  const say = (lines: readonly Line[]) => write(io.stdout, drawLines(lines, settings.style));
  await say([{ text: introduction }]);
  const targets = domains.map(({ domain }) => parseMailTarget(domain));
  const reports = await examineQuietly("domain", targets, stage);
  if (io.signal.aborted) return undefined;
  const unexpected = unlikeTheirStory(domains, reports);
  await say([...list(reports, settings.style.unicode), blank, blank]);

  const whole = domains.find(({ domain }) => domain === shownWhole);
  const report = reports.find(({ target }) => target.domain === shownWhole);
  if (whole !== undefined && report !== undefined) {
    await say([{ text: "One of them in full." }, blank, ...storyOf(whole), blank]);
    const terminal = await reporters.terminal.load();
    const channel = createChannel<Report>();
    channel.push(report);
    channel.close();
    for await (const text of terminal(channel, { ...settings.style, several: false }))
      await write(io.stdout, text);
  }
  await say([blank, blank, ...closing(domains, unexpected)]);
  return unexpected;
}

function list(reports: readonly Report[], unicode: boolean): Line[] {
  const nameOf = ({ target }: Report): string => (unicode ? target.unicode : target.domain);
  const room = Math.max(...reports.map((report) => textWidth(nameOf(report)))) + 2;
  return chapters.flatMap(({ title, scenarios }) => [
    blank,
    { text: title, tone: "strong" },
    ...scenarios.flatMap((scenario) => {
      const report = reports.find(({ target }) => target.domain === scenario.domain);
      if (report === undefined) return [];
      const { word, tone } = outcomeOf(report);
      const name = nameOf(report);
      const label = `${word.padEnd(9)}${name}${" ".repeat(room - textWidth(name))}`;
      return [{ label, labelTone: tone, text: scenario.title, tone: "plain" } as const];
    }),
  ]);
}

function outcomeOf({ summary }: Report): { readonly word: string; readonly tone: Tone } {
  if (summary.problems.error > 0) return { word: "ERROR", tone: "error" };
  if (summary.problems.warning > 0) return { word: "WARNING", tone: "warning" };
  if (summary.headline.startsWith("Could not tell")) return { word: "UNKNOWN", tone: "unknown" };
  return { word: "OK", tone: "good" };
}
