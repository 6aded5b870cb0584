import { listenForSignals } from "./interrupt.ts";
import { readVersion } from "./version.ts";

// Whoever writes is told by the callback; without a listener the event would end the process.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const args = process.argv.slice(2);
// The commonest question of scripts is answered without loading the command line.
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V"))
  process.stdout.write(`${readVersion()}\n`);
else await run();

async function run(): Promise<void> {
  const { runCommandLine } = await import("./run.ts");
  const interrupt = listenForSignals(process);
  const code = await runCommandLine(args, {
    // A stream is made when it is first asked for; most commands never read.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: interrupt.signal,
  });
  process.exitCode = interrupt.exitCode() ?? code;
  // A handle that somebody forgot must not keep the shell waiting.
  setTimeout(() => process.exit(), 1_000).unref();
}
