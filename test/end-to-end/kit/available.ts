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

/** The path of a program in PATH or the system directories, undefined where there is none. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function hasIpv6Loopback(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === "::1"),
  );
}
