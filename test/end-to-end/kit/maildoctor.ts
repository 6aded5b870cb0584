import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Report } from "../../../src/core/report.ts";

const program = fileURLToPath(new URL("../../../bin/maildoctor.js", import.meta.url));

/** How a run of maildoctor ended. */
export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs maildoctor as a user does: a process of its own, ended after 50 seconds. Of the environment
 * only PATH is handed down, because settings such as NODE_EXTRA_CA_CERTS change what it says.
 */
export async function maildoctor(args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 50_000,
    env: { PATH: process.env["PATH"] },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { exitCode, stdout, stderr };
}

/** The report that a run has written; throws with all the output when there is none. */
export async function reportOf(run: Run, file: string): Promise<Report> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Report;
  } catch (cause) {
    throw new Error(`no report, exit code ${run.exitCode}: ${run.stderr}${run.stdout}`, { cause });
  }
}

/** The verdict sentence: all that stands before the first empty line, on one line. */
export function verdictIn({ stdout }: Run): string {
  return (stdout.split("\n\n")[0] ?? "").replaceAll("\n", " ");
}

/** The problems of a report as "check:message", each once, in alphabetical order. */
export function problemsIn({ findings }: Report): string[] {
  const problems = findings
    .filter(({ verdict }) => verdict === "problem")
    .map(({ checkId, message }) => `${checkId}:${message}`);
  return [...new Set(problems)].toSorted();
}
