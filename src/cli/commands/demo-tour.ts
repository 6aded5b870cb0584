import type { DnsAnswer } from "../../core/dns.ts";
import type { TranscriptEntry } from "../../core/observation.ts";
import type { Report } from "../../core/report.ts";
import { parseMailTarget, parseServiceTarget } from "../../core/target.ts";
import { tour, tourDomain, type TourStop } from "../../demo/tour.ts";
import { drawAnswer } from "../../report/answers.ts";
import { drawDialogue } from "../../report/dialogue.ts";
import { blank, drawLines, type Line } from "../../report/terminal/layout.ts";
import { write } from "../io.ts";
import { suggest } from "./demo-text.ts";
import { examineQuietly, unlikeTheirStory, type DemoStage } from "./demo-run.ts";

/**
 * Tells how a message travels, with lines of runs made now and a sick domain at each stop. Returns
 * the names of domains that came out otherwise than told; undefined when interrupted.
 */
export async function takeTour(stage: DemoStage): Promise<readonly string[] | undefined> {
  const { domains, settings, io } = stage;
  const names = [tourDomain, ...tour.map(({ breaks }) => breaks)];
  const hosts = [...new Set(tour.map(({ shows }) => shows.target))].filter((t) => t.includes(":"));
  const [reports, handshakes] = await Promise.all([
    examineQuietly("domain", names.map(parseMailTarget), stage),
    examineQuietly("handshake", hosts.map(parseServiceTarget), stage),
  ]);
  if (io.signal.aborted) return undefined;
  const all = [...reports, ...handshakes];
  const stops = tour.map((stop, at) => drawStop(stop, at + 1, all));
  const missing = stops.some(({ complete }) => !complete) ? ["the tour"] : [];
  const lines = [{ text: introduction }, ...stops.flatMap((stop) => stop.lines), ...ending];
  await write(io.stdout, drawLines(lines, settings.style));
  const told = domains.filter(({ domain }) => names.includes(domain));
  return [...unlikeTheirStory(told, reports), ...missing];
}

function drawStop(
  { title, text, shows, breaks }: TourStop,
  place: number,
  reports: readonly Report[],
): { readonly lines: readonly Line[]; readonly complete: boolean } {
  const find = (name: string) =>
    reports.find(({ target }) => target.domain === name || target.input === name);
  const seen = exhibitsOf(find(shows.target));
  const shown = shows.lines.map((pattern) => seen.find((line) => pattern.test(plainly(line))));
  const verdict = find(breaks)?.summary.headline;
  const lines: Line[] = [
    blank,
    { text: `${place}. ${title}`, tone: "strong" },
    { indent: 3, text },
    ...shown.filter((line) => line !== undefined),
    { indent: 3, label: "Where it breaks: ", labelTone: "warning", text: `${verdict ?? ""}.` },
  ];
  return { lines, complete: verdict !== undefined && !shown.includes(undefined) };
}

/** Every DNS answer and every line of conversation of the report. */
function exhibitsOf(report: Report | undefined): readonly Line[] {
  return (report?.observations ?? []).flatMap(({ data, transcript = [] }): Line[] => {
    const answers = (data?.["answers"] ?? []) as readonly DnsAnswer[];
    return [
      ...answers.map((answer): Line => ({ ...exhibit, text: drawAnswer(answer) })),
      ...drawDialogue(transcript.map(asExpected)).map(({ label, text }): Line => ({
        ...exhibit,
        label: `| ${label}`,
        text,
      })),
    ];
  });
}

/** An IMAP server that greets as such is no surprise here. */
function asExpected({ atMs, from, text, encrypted }: TranscriptEntry): TranscriptEntry {
  return { atMs, from, text, encrypted };
}

/** "-> EHLO name", "healthy.example MX -> …": the line as the patterns of the tour see it. */
function plainly({ label = "", text }: Line): string {
  return `${label.replace(/^\|[ \d]*(ms)?/, "")} ${text}`.replace(/ +/g, " ").trim();
}

const exhibit = { indent: 5, label: "| ", labelTone: "dim", tone: "dim" } as const;

const introduction =
  "How a message travels from Ann to bob@healthy.example, and where it comes to grief. All that is quoted " +
  "was said a moment ago, in a miniature mail internet inside this process.";

const ending: readonly Line[] = [
  blank,
  { text: "What to try next:" },
  ...suggest("maildoctor demo typo-mx.example", "a stop where it breaks, in full"),
  ...suggest("maildoctor demo healthy.example -v", "the whole way, with every line"),
  ...suggest("maildoctor explain STARTTLS", "what a word of it means"),
  ...suggest("maildoctor demo", "all domains of this little internet"),
];
