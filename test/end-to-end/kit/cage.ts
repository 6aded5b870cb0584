import { chmod, copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unpackedFolder } from "./available.ts";
import { run, startServer, type ServerProcess } from "./process.ts";

/** A root directory that holds one server program, its libraries and its users, and nothing else. */
export interface Cage {
  /** Its root, as the world outside sees it. */
  readonly folder: string;
  /** Writes a file; the path is the one inside, such as "/etc/smtpd.conf". */
  write(path: string, text: string, mode?: number): Promise<void>;
  /** Makes a directory and those above it; without an owner it belongs to root. */
  directory(path: string, owner?: string): Promise<void>;
  /** Starts the program inside, under the guard of every server. */
  start(args: readonly string[]): ServerProcess;
}

/**
 * Builds a cage for a program of a package that is unpacked, not installed; its path is the one it
 * would have if it were. Such a program has paths
 * and users compiled in that only its installed package would bring: inside they are its own, and
 * everything it leaves behind disappears with the folder.
 */
export async function buildCage(
  folder: string,
  program: string,
  users: readonly string[],
): Promise<Cage> {
  const source = join(unpackedFolder(), program);
  const outside = (path: string): string => join(folder, path);
  const directory = async (path: string, owner?: string): Promise<void> => {
    await mkdir(outside(path), { recursive: true });
    if (owner !== undefined) await run("chown", [numbersOf(owner), outside(path)]);
  };
  const write = async (path: string, text: string, mode = 0o644): Promise<void> => {
    await directory(dirname(path));
    await writeFile(outside(path), text, { mode });
  };
  const numbersOf = (user: string): string => {
    const id = firstId + users.indexOf(user);
    return `${id}:${id}`;
  };

  await Promise.all(
    [[source, program] as const, ...(await librariesOf(source))].map(async ([from, to]) => {
      await directory(dirname(to));
      await copyFile(from, outside(to));
      // Without the set-ID bits that some have.
      await chmod(outside(to), 0o755);
    }),
  );
  const accounts = [
    ["root", "0:0"] as const,
    ...users.map((user) => [user, numbersOf(user)] as const),
  ];
  await write(
    "/etc/passwd",
    accounts.map(([name, ids]) => `${name}:x:${ids}::/:/bin/false\n`).join(""),
  );
  const groups = accounts.map(([name, ids]) => `${name}:x:${ids.split(":")[1]}:\n`);
  await write("/etc/group", groups.join(""));
  // The servers look up the names of their clients: in this file alone, so that no question leaves,
  // and under a foreign name, because "localhost" may do what strangers may not.
  await write("/etc/hosts", "127.0.0.1 client.example.com\n::1 client.example.com\n");
  await write("/etc/resolv.conf", "lookup file\n");
  // An empty file will do, and can be made where device files cannot.
  await write("/dev/null", "");
  await chmod(outside("/dev/null"), 0o666);

  const start = (args: readonly string[]): ServerProcess =>
    startServer("chroot", [folder, program, ...args]);
  return { folder, write, directory, start };
}

/** Numbers that no user outside has. */
const firstId = 64_100;

/** Paths of the shared libraries of a program, each twice: where it is, and where it must be. */
async function librariesOf(program: string): Promise<(readonly [string, string])[]> {
  const { stdout } = await run("ldd", [program]);
  const missing = /(\S+) => not found/.exec(stdout);
  if (missing !== null) throw new Error(`${program} lacks the library ${missing[1]}`);
  return [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, path = ""]) => [path, path] as const);
}
