import { X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
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
  if (caFile !== undefined)
    return { name: "ca-file", pem: checkRoots(caFile, await readRoots(caFile)) };
  for (const file of [env["SSL_CERT_FILE"], ...candidates]) {
    if (!file) continue;
    const pem = await readRoots(file).catch(() => undefined);
    if (pem !== undefined) return { name: "system", pem };
  }
  return { name: "bundled" };
}

async function readRoots(file: string): Promise<string> {
  const fail = (why: string): never => refuse(file, why);
  if (file.includes("\0")) return fail("no file has such a name");
  const cannot = (error: unknown): never => fail(reasonOf(error));
  // Asked before it is opened: opening a named pipe waits for somebody to write to it.
  const stats = await stat(file).catch(cannot);
  if (!stats.isFile()) return fail("it is not a file");
  if (stats.size > mostBytes) return fail("it is larger than 8 MiB");
  const pem = await readFile(file, "latin1").catch(cannot);
  return pem.includes("-----BEGIN CERTIFICATE-----") ? pem : fail("it holds no PEM certificate");
}

/** The certificates of a PEM file, each read once: one that TLS skips would not be missed. */
function checkRoots(file: string, pem: string): string {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  if (blocks.length === 0) refuse(file, "its PEM certificate has no end");
  blocks.forEach((block, index) => {
    try {
      void new X509Certificate(block);
    } catch {
      refuse(file, `certificate ${index + 1} of ${blocks.length} in it cannot be read`);
    }
  });
  return blocks.join("\n");
}

function refuse(file: string, why: string): never {
  throw new UsageError(`--ca-file "${shown(file)}": ${why}`);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES") return "it may not be read";
  return `it cannot be read (${String(code)})`;
}
