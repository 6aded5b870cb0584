import { open, type FileHandle } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { UsageError } from "../core/errors.ts";
import type { Report } from "../core/report.ts";
import { escapeText } from "../core/text.ts";
import { formatNames, reporters, isFormatName, type FormatName } from "../report/index.ts";
import type { Reporter, Style } from "../report/reporter.ts";
import { createChannel } from "./channel.ts";
import { reasonOf, write, type Io } from "./io.ts";
import type { Progress } from "./progress.ts";
import { fileStyle } from "./style.ts";

/** One `--output`: where to, in which format. */
export interface OutputFile {
  readonly format: FormatName;
  readonly file: string;
}

/** Parses "[FORMAT:]FILE"; without FORMAT, the extension decides. Throws UsageError. */
export function parseOutput(text: string): OutputFile {
  const [, name = "", rest = ""] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  const shown = escapeText(text.slice(0, 200));
  const prefixed = isFormatName(name);
  const file = prefixed ? rest : text;
  if (file === "" || file.includes("\0")) throw new UsageError(`--output "${shown}" names no file`);
  if (file === "-")
    throw new UsageError(`--output "${shown}": standard output takes its format from --format`);
  const extension = extname(file).toLowerCase();
  const format = prefixed
    ? name
    : formatNames.find((candidate) => reporters[candidate].extension === extension);
  if (format === undefined)
    throw new UsageError(
      `--output "${shown}": put the format before the file (${formatNames.join(", ")}), as in json:${shown}`,
    );
  return { format, file };
}

/** The sinks of a run; every report goes to each of them. */
export interface Outputs {
  /** A report whose target was just finished. */
  finished(report: Report): void;
  /** The same report, when those of all earlier targets came through here. */
  inOrder(report: Report): void;
  /** Ends every document; resolves when all is written. */
  close(): Promise<void>;
}

interface Choice {
  readonly format: FormatName;
  readonly files: readonly OutputFile[];
  readonly style: Style;
  readonly io: Io;
  readonly progress: Progress;
  /** Called when nobody reads standard output any more. */
  readonly onClosed: () => void;
}

/** Opens standard output and the files; a file that cannot be written is a UsageError at once. */
export async function openOutputs(choice: Choice): Promise<Outputs> {
  const { style, io, progress } = choice;
  const toScreen = async (text: string): Promise<boolean> => {
    progress.clear();
    const read = await write(io.stdout, text);
    if (!read) choice.onClosed();
    return read;
  };
  // All files are there before the first byte goes anywhere.
  const files = await openFiles(choice.files);
  const sinks = [await openSink(choice.format, style, toScreen)];
  for (const { format, file, handle } of files) {
    const toFile = async (text: string): Promise<boolean> => {
      await handle.writeFile(text).catch((error: unknown) => refuse(file, error));
      return true;
    };
    const into = { ...fileStyle(style.verbose, style.timing), several: style.several };
    sinks.push(await openSink(format, into, toFile, () => handle.close()));
  }
  return {
    finished: (report) => sinks.forEach((sink) => sink.order === "finished" && sink.push(report)),
    inOrder: (report) => sinks.forEach((sink) => sink.order === "input" && sink.push(report)),
    close: async () => {
      await Promise.all(sinks.map((sink) => sink.close()));
    },
  };
}

interface Sink {
  readonly order: "input" | "finished";
  push(report: Report): void;
  close(): Promise<void>;
}

async function openSink(
  format: FormatName,
  style: Style,
  send: (text: string) => Promise<boolean>,
  done: () => Promise<void> = () => Promise.resolve(),
): Promise<Sink> {
  const reporter: Reporter = await reporters[format].load();
  const channel = createChannel<Report>();
  const pump = async (): Promise<void> => {
    try {
      for await (const text of reporter(channel, style)) if (!(await send(text))) break;
    } finally {
      await done();
    }
  };
  // Kept as a value until close(), so that a full disk is no unhandled rejection meanwhile.
  const pumping = pump().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  return {
    order: reporters[format].order,
    push: (report) => channel.push(report),
    async close() {
      channel.close();
      const failed = await pumping;
      if (failed) throw failed.error;
    },
  };
}

interface OpenFile extends OutputFile {
  readonly handle: FileHandle;
}

async function openFiles(files: readonly OutputFile[]): Promise<readonly OpenFile[]> {
  refuseTwice(files);
  const opened: OpenFile[] = [];
  try {
    for (const one of files) {
      const handle = await open(one.file, "w").catch((error: unknown) => refuse(one.file, error));
      opened.push({ ...one, handle });
    }
    return opened;
  } catch (error) {
    await Promise.all(opened.map(({ handle }) => handle.close()));
    throw error;
  }
}

function refuse(file: string, error: unknown): never {
  throw new UsageError(`cannot write "${escapeText(file)}": ${reasonOf(error)}`);
}

function refuseTwice(files: readonly OutputFile[]): void {
  const paths = files.map(({ file }) => resolve(file));
  const twice = files.find((_file, index) => paths.indexOf(paths[index] ?? "") !== index);
  if (twice) throw new UsageError(`--output names "${escapeText(twice.file)}" twice`);
}
