import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const program = join(root, "bin/maildoctor.js");

/** What a finished command line left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Settings {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called with the running process. */
  readonly during?: (child: ChildProcess) => void;
}

/** Runs the built program in a process of its own, in an English UTF-8 locale without colours. */
export function runCli(args: readonly string[], settings: Settings = {}): Promise<Outcome> {
  if (!existsSync(join(root, "dist/cli/main.js")))
    throw new Error("the program is not built: npm run build");
  const { input = "", env = {}, cwd = root, during } = settings;
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], LANG: "C.UTF-8", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  // A program that does not read closes its end.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  during?.(child);
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) =>
      done({
        code,
        stdout: Buffer.concat(out).toString("utf8"),
        stderr: Buffer.concat(err).toString("utf8"),
      }),
    );
  });
}
