import { cutToWidth } from "../report/terminal/width.ts";
import { safe } from "../report/terminal/safe.ts";
import type { Io } from "./io.ts";
import { hasUtf8 } from "./style.ts";

/** The line that says what is being waited for. */
export interface Progress {
  show(text: string): void;
  /** Takes the line away, so that something else can be printed; the next text brings it back. */
  clear(): void;
  stop(): void;
}

const silent: Progress = { show: () => {}, clear: () => {}, stop: () => {} };

/** A terminal that does not know its width, or has hardly any, gets no line. */
const leastColumns = 20;

/** A spinner on standard error when that is a terminal, else nothing. */
export async function createProgress(io: Pick<Io, "stderr" | "env">): Promise<Progress> {
  const { stderr, env } = io;
  if (stderr.isTTY !== true || env["CI"] || env["TERM"] === "dumb") return silent;
  if ((stderr.columns ?? 0) < leastColumns) return silent;
  const { default: ora } = await import("ora");
  const unicode = hasUtf8(env);
  const spinner = ora({
    stream: stderr,
    // Decided above, by the environment that we were given.
    isEnabled: true,
    // Keys typed while waiting belong to the shell.
    discardStdin: false,
    ...(unicode ? {} : { spinner: "line" }),
  });
  return {
    show(text) {
      const room = Math.max(leastColumns, stderr.columns ?? 0) - 4;
      spinner.text = cutToWidth(safe(text, unicode), room, unicode ? "…" : "...");
      if (!spinner.isSpinning) spinner.start();
    },
    clear() {
      spinner.stop();
    },
    stop() {
      spinner.stop();
    },
  };
}
