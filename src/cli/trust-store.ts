import { open } from "node:fs/promises";
import { UsageError } from "../core/errors.ts";
import type { TrustStore } from "../wire/tls.ts";
import type { Io } from "./io.ts";
import { shown } from "./values.ts";

/** A bundle of all public roots takes about 250 KiB. */
const mostBytes = 8 * 1024 * 1024;

/** Where systems keep their roots: Debian, Fedora, SUSE, BSD and macOS, Alpine. */
const systemFiles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
  "/usr/local/etc/ssl/cert.pem",
];

/**
 * The roots to judge by: the file of `--ca-file`, else the system's bundle (SSL_CERT_FILE first),
 * else Node's own list. A `--ca-file` that cannot be read is a UsageError.
 */
export async function findTrustStore(
  caFile: string | undefined,
  env: Io["env"],
  candidates: readonly string[] = systemFiles,
): Promise<TrustStore> {
  if (caFile !== undefined) return { name: "ca-file", pem: await readRoots(caFile) };
  for (const file of [env["SSL_CERT_FILE"], ...candidates]) {
    if (!file) continue;
    const pem = await readRoots(file).catch(() => undefined);
    if (pem !== undefined) return { name: "system", pem };
  }
  return { name: "bundled" };
}

async function readRoots(file: string): Promise<string> {
  const fail = (why: string): never => {
    throw new UsageError(`--ca-file "${shown(file)}": ${why}`);
  };
  if (file.includes("\0")) return fail("no file has such a name");
  const handle = await open(file, "r").catch((error: unknown) => fail(reasonOf(error)));
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) return fail("it is not a file");
    if (stats.size > mostBytes) return fail("it is larger than 8 MiB");
    const pem = await handle.readFile("latin1");
    return pem.includes("-----BEGIN CERTIFICATE-----") ? pem : fail("it holds no PEM certificate");
  } finally {
    await handle.close();
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES") return "it may not be read";
  return `it cannot be read (${String(code)})`;
}
