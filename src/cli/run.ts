import { CommanderError, type Command } from "commander";
import { UsageError } from "../core/errors.ts";
import { escapeText } from "../core/text.ts";
import { exitCodes } from "./exit.ts";
import { write, type Io } from "./io.ts";
import { createProgram } from "./program.ts";
import { readVersion } from "./version.ts";

/**
 * Runs one command line and returns its exit code. Wrong usage is one line on standard error and
 * 2; a fault of ours one line that says how to report it, and 70.
 *
 * @param args what follows the program's name
 */
export async function runCommandLine(args: readonly string[], io: Io): Promise<number> {
  let code: number = exitCodes.good;
  const printed: string[] = [];
  const program = createProgram(readVersion(), io, (result) => (code = result));
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({
      writeOut: (text) => printed.push(text),
      // Commander's own words come with the error that it throws.
      writeErr: () => {},
      getOutHelpWidth: () => 80,
      getOutHasColors: () => false,
    });
  try {
    await program.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0)
      await say(io.stdout, printed.join(""));
    else if (io.signal.aborted && isAbort(error)) return exitCodes.unknown;
    else code = await complain(error, args, program, io);
  }
  return code;
}

async function complain(
  error: unknown,
  args: readonly string[],
  program: Command,
  io: Io,
): Promise<number> {
  const usage = error instanceof CommanderError ? plainly(error, args, program) : undefined;
  const line = error instanceof UsageError ? error.message : usage;
  if (line !== undefined) {
    await say(io.stderr, `maildoctor: ${line}\n`);
    return exitCodes.usage;
  }
  const message = escapeText(error instanceof Error ? error.message : String(error));
  const trace = error instanceof Error && io.env["MAILDOCTOR_DEBUG"] ? `\n${error.stack}` : "";
  await say(
    io.stderr,
    `maildoctor: a fault in maildoctor, please report it with the command and this line: ${message}${trace}\n`,
  );
  return exitCodes.bug;
}

/** Help and complaints: where they cannot be written, nobody can be told so either. */
async function say(stream: Io["stderr"], text: string): Promise<void> {
  await write(stream, text).catch(() => false);
}

/** Commander's message in one line: `unknown option '--foo'; did you mean --fail-on?` */
function plainly({ message, code }: CommanderError, args: readonly string[], program: Command) {
  const [first = "", hint] = message.replace(/^error: /, "").split("\n");
  const text = escapeText(first).replaceAll("\\\\", "\\").replace(/\.$/, "");
  if (hint !== undefined)
    return `${text}; ${escapeText(hint)
      .replace(/^\(Did/, "did")
      .replace(/\)$/, "")}`;
  const [name = ""] = args;
  if (code === "commander.unknownCommand" && name.includes("."))
    return `${text}; to examine a domain: maildoctor check ${escapeText(name)}`;
  const command = program.commands.find((candidate) => candidate.name() === name);
  return `${text}; see maildoctor ${command ? `${command.name()} ` : ""}--help`;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.message === "aborted");
}
