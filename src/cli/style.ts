import type { Style } from "../report/reporter.ts";
import type { Io } from "./io.ts";

/** How to draw on standard output: its width, and whether it takes colours and UTF-8. */
export function screenStyle(
  { stdout, env }: Pick<Io, "stdout" | "env">,
  choice: {
    readonly color?: boolean | undefined;
    readonly verbose: boolean;
    readonly timing?: boolean | undefined;
  },
): Omit<Style, "several"> {
  return {
    width: widthOf(env["COLUMNS"], stdout.columns),
    colour: wantsColour(env, stdout.isTTY === true, choice.color),
    unicode: hasUtf8(env),
    verbose: choice.verbose,
    timing: choice.timing === true,
    screen: stdout.isTTY === true || env["COLUMNS"] !== undefined,
  };
}

/** How to draw into a file. */
export function fileStyle(verbose: boolean, timing: boolean): Omit<Style, "several"> {
  return { width: 80, colour: false, unicode: true, verbose, timing, screen: false };
}

/** Between 40 and 100 columns; 80 where nobody knows. */
export function widthOf(setting: string | undefined, columns: number | undefined): number {
  const wished = /^\d{1,5}$/.test(setting ?? "") ? Number(setting) : columns;
  return wished === undefined || wished === 0 ? 80 : Math.min(100, Math.max(40, wished));
}

/** The option before FORCE_COLOR, NO_COLOR, TERM=dumb, and whether it is a terminal at all. */
export function wantsColour(env: Io["env"], isTerminal: boolean, option?: boolean): boolean {
  if (option !== undefined) return option;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  return env["TERM"] !== "dumb" && isTerminal;
}

/** Whether the locale shows more than ASCII; Windows terminals and macOS do without saying so. */
export function hasUtf8(env: Io["env"], platform: string = process.platform): boolean {
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((value) => value);
  if (locale !== undefined) return /utf-?8/i.test(locale);
  return platform === "win32" || platform === "darwin";
}
