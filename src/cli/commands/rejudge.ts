import { open } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { allChecks as checks } from "../../checks/index.ts";
import { UsageError } from "../../core/errors.ts";
import { severities, type Severity } from "../../core/finding.ts";
import type { Report } from "../../core/report.ts";
import { escapeText } from "../../core/text.ts";
import { isFormatName } from "../../report/index.ts";
import { caseBytes, readCase } from "../../report/read-case.ts";
import { maskForSharing } from "../../report/share.ts";
import { exitCodeOf, worstExitCode } from "../exit.ts";
import { parseProfile } from "../globs.ts";
import type { Io } from "../io.ts";
import { judgeCase, type Rules } from "../judge-case.ts";
import type { RawOptions } from "../options.ts";
import { openOutputs, parseOutput } from "../outputs.ts";
import { screenStyle } from "../style.ts";

type Raw = Pick<
  RawOptions,
  "format" | "output" | "verbose" | "timing" | "share" | "color" | "only" | "skip"
> & {
  readonly failOn?: string;
  readonly inconclusive?: string;
  readonly now?: string | true;
};

/** `rejudge`: judges saved reports again, from a file or "-" for standard input; no socket is opened. */
export async function rejudge(file: string, raw: Raw, io: Io): Promise<number> {
  const { format, verbose = false, timing } = raw;
  if (!isFormatName(format)) throw new Error("unchecked choice");
  const rules = readRules(raw);
  const files = (raw.output ?? []).map((text) => parseOutput(text));
  const judged = readCase(await readText(file, io)).map((report) => judgeCase(report, rules));
  const reports = raw.share === true ? judged.map((report) => maskForSharing(report)) : judged;
  const outputs = await openOutputs({
    format,
    files,
    style: {
      ...screenStyle(io, { color: raw.color, verbose, timing }),
      several: reports.length > 1,
    },
    io,
    progress: { show: () => {}, clear: () => {}, stop: () => {} },
    onClosed: () => {},
  });
  for (const report of reports) {
    outputs.finished(report);
    outputs.inOrder(report);
  }
  await outputs.close();
  return worstExitCode(reports.map((report) => codeOf(report, raw)));
}

function readRules({ only = [], skip = [], now }: Raw): Rules {
  const chosen = only.length + skip.length > 0 ? { profile: parseProfile(only, skip, checks) } : {};
  if (now === undefined) return { checks, ...chosen };
  const instant = now === true ? new Date() : new Date(now);
  if (Number.isNaN(instant.getTime()))
    throw new UsageError(`--now "${escapeText(String(now).slice(0, 40))}" is no date (2026-01-31)`);
  return { checks, ...chosen, now: instant };
}

/** By the rules of the case, unless others were typed. */
function codeOf({ findings, options, summary }: Report, raw: Raw): number {
  const failOn = raw.failOn ?? options["failOn"];
  const inconclusive = raw.inconclusive ?? options["inconclusive"];
  return exitCodeOf(
    { findings, ended: summary.ended },
    {
      failOn: isSeverity(failOn) ? failOn : "error",
      inconclusive: inconclusive === "ignore" ? "ignore" : "fail",
    },
  );
}

function isSeverity(value: unknown): value is Severity {
  return (severities as readonly unknown[]).includes(value);
}

async function readText(file: string, io: Io): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const handle = file === "-" ? undefined : await open(file);
    const input = handle?.createReadStream() ?? io.stdin;
    for await (const chunk of addAbortSignal(io.signal, input)) {
      const part = Buffer.from(chunk as Uint8Array | string);
      bytes += part.length;
      if (bytes > caseBytes) throw new UsageError("the case is larger than 256 MiB");
      chunks.push(part);
    }
  } catch (error) {
    if (error instanceof UsageError || io.signal.aborted) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    throw new UsageError(`cannot read "${escapeText(file)}": ${code}`);
  }
  return Buffer.concat(chunks).toString("utf8");
}
