import { accessSync, constants } from "node:fs";
import { networkInterfaces, userInfo } from "node:os";
import { delimiter, join } from "node:path";

/** The programs of the real servers, and the Debian package that holds each. */
const programs = {
  postfix: "postfix",
  knotd: "knot",
  keymgr: "knot",
  unbound: "unbound",
  openssl: "openssl",
} as const;

/** Servers whose packages conflict with Postfix: their programs are unpacked, not installed. */
export type UnpackedServer = "exim" | "opensmtpd" | "sendmail";

/** Where the program of each lies among the unpacked, and the Debian packages that it needs. */
export const unpackedServers = {
  exim: { program: "/usr/sbin/exim4", debian: "exim4-daemon-light" },
  opensmtpd: { program: "/usr/sbin/smtpd", debian: "opensmtpd" },
  sendmail: { program: "/usr/libexec/sendmail/sendmail", debian: "sendmail-bin, sendmail-cf" },
} as const satisfies Record<UnpackedServer, unknown>;

/** Whether the real servers can run here, and if not, everything that is missing. */
export interface Availability {
  readonly ok: boolean;
  readonly missing: readonly string[];
}

/** Looks for the servers' programs, for root (Postfix changes users) and for the IPv6 loopback address. */
export function available(): Availability {
  const missing = Object.entries(programs)
    .filter(([program]) => findProgram(program) === undefined)
    .map(([program, name]) => `${program} (package ${name})`);
  if (userInfo().uid !== 0) missing.push("root (Postfix changes to its own users)");
  if (!hasIpv6Loopback()) missing.push("the address ::1");
  return { ok: missing.length === 0, missing };
}

/** What is missing to run the server, undefined when nothing is. */
export function missingFor(server: UnpackedServer): string | undefined {
  const { program, debian } = unpackedServers[server];
  if (executable(join(unpackedFolder(), program)) === undefined)
    return `${server} (package ${debian}, unpacked in ${unpackedFolder()})`;
  if (server === "sendmail" && findProgram("m4") === undefined) return "m4 (package m4)";
  return undefined;
}

/** Where `.ci/run` unpacks packages. */
export function unpackedFolder(): string {
  return process.env["MAILDOCTOR_UNPACKED"] ?? "/var/cache/maildoctor/unpacked";
}

/** The path of a program in PATH or the system directories, undefined where there is none. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders
    .filter((folder) => folder !== "")
    .map((folder) => executable(join(folder, name)))
    .find((path) => path !== undefined);
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

function hasIpv6Loopback(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === "::1"),
  );
}
