import type { Demo } from "../../demo/internet.ts";
import { blank, drawLines, type Line } from "../../report/terminal/layout.ts";
import { write, type Io } from "../io.ts";
import type { Settings } from "../settings.ts";

/**
 * Prints the options with which every command reaches the demo's internet, and commands to try;
 * resolves when the user interrupts.
 */
export async function serveDemo(
  { domains, options }: Demo,
  { style }: Pick<Settings, "style">,
  io: Io,
): Promise<void> {
  const { assignment, separate } = optionsFor(options, io.env, process.platform);
  const lines: Line[] = [
    {
      text: `A miniature mail internet is running: ${domains.length} domains, a name server at ${options.resolver}, mail servers on loopback. Nothing leaves this machine. Ctrl-C ends it.`,
    },
    blank,
    { text: "In another terminal, set this variable (one long line):" },
    blank,
    { text: assignment, whole: true },
    blank,
    { text: "and try, with any of the domains that maildoctor demo lists:" },
    ...commands.map(([command, purpose]): Line => {
      const whole = `${command} $OPTS${separate}`;
      return separate === ""
        ? { indent: 2, label: whole.padEnd(50), text: purpose }
        : { indent: 2, text: whole, whole: true };
    }),
  ];
  await write(io.stdout, drawLines(lines, style));
  await interrupted(io.signal);
}

const commands = [
  ["maildoctor check healthy.example", "the diagnosis"],
  ["maildoctor check no-starttls.example -v", "with transcripts"],
  ["maildoctor check odd-replies.example --deep", "more questions"],
  ["maildoctor mx hosted.example", "the route alone"],
  ["maildoctor smtp submit.healthy.example:587", "a submission server"],
  ["maildoctor smtp masked.example", "a handshake"],
] as const;

/**
 * The options as an assignment to OPTS in the language of the shell, such that `$OPTS` stands for
 * all of them; `separate` is what no plain variable can hold: a path with spaces.
 */
export function optionsFor(
  { resolver, caFile, connectTo, treatAsPublic }: Demo["options"],
  env: Io["env"],
  platform: string,
): { readonly assignment: string; readonly separate: string } {
  const trust = ["--ca-file", caFile];
  const words = [
    "--resolver",
    resolver,
    "--treat-as-public",
    treatAsPublic.join(","),
    ...connectTo.flatMap((rule) => ["--connect-to", rule]),
  ];
  // PowerShell and zsh do not cut a text into words; an array is passed on as its words.
  if (platform === "win32" && env["SHELL"] === undefined) {
    const quoted = [...trust, ...words].map((word) => `'${word.replaceAll("'", "''")}'`);
    return { assignment: `$OPTS = ${quoted.join(", ")}`, separate: "" };
  }
  if (/(^|\/)zsh$/.test(env["SHELL"] ?? ""))
    return { assignment: `OPTS=(${[...trust, ...words].map(quote).join(" ")})`, separate: "" };
  const plain = /^[\w@%+=:,./-]+$/.test(caFile);
  const held = plain ? [...trust, ...words] : words;
  return {
    assignment: `OPTS="${held.join(" ")}"`,
    separate: plain ? "" : ` --ca-file ${quote(caFile)}`,
  };
}

/** The word for a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
