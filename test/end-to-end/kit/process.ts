import { execFile, spawn } from "node:child_process";
import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { findProgram } from "./available.ts";

const execute = promisify(execFile);

/** What a program that ended has written. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; throws with its error output when it fails. */
export async function run(
  program: string,
  args: readonly string[],
  folder?: string,
): Promise<Output> {
  return execute(findProgram(program) ?? program, [...args], { cwd: folder, timeout: 30_000 });
}

/** A server in its own process; `stop` ends it and resolves when it is gone. */
export interface ServerProcess {
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/**
 * The server lives no longer than the pipe that the guard reads: when the test process ends in
 * whatever way, the pipe closes and the guard ends the server.
 */
const guard = `
"$@" </dev/null &
server=$!
cat >/dev/null
kill -TERM "$server" 2>/dev/null
wait "$server"
`;

/** Starts a server in the foreground under a guard. The caller waits for its ports. */
export function startServer(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ServerProcess {
  const child = spawn("/bin/sh", ["-c", guard, "guard", findProgram(program) ?? program, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own: Postfix ends its whole process group.
    detached: true,
    env: { ...process.env, ...environment },
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    output: () => output,
    stop: () => {
      child.stdin.end();
      return gone;
    },
  };
}

/** A TCP or UDP endpoint on a loopback address. */
export interface LocalEndpoint {
  readonly address: string;
  readonly port: number;
}

/** A port of the loopback address on which nothing listens. */
export async function freePort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, address, resolve);
  });
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (bound === null || typeof bound === "string") throw new Error(`no port on ${address}`);
  return bound.port;
}

/** True when a TCP connection comes about within the time. */
export async function accepts(endpoint: LocalEndpoint, withinMs: number): Promise<boolean> {
  const socket = connect(endpoint.port, endpoint.address);
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.setTimeout(withinMs, () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

/** Asks every 25 ms until the answer is true; throws `describe()` after the time. */
export async function until(
  question: () => Promise<boolean>,
  withinMs: number,
  describe: () => string | Promise<string>,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await question())) {
    if (performance.now() > end) throw new Error(await describe());
    await pause(25);
  }
}
