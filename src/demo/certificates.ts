import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ServerIdentity } from "../wire/listen.ts";

// The same way up from src/demo and from dist/demo.
const folder = new URL("../../fixtures/demo/certs/", import.meta.url);

/** Path of the PEM file with the demo's root certificate, for `--ca-file`. */
export const demoCaFile = fileURLToPath(new URL("ca.pem", folder));

/**
 * The chain and key that a demo server presents, by the name of their file without ".pem".
 * Throws when there is no such file.
 */
export function demoCertificate(name: string): ServerIdentity {
  const pem = readFileSync(new URL(`${name}.pem`, folder), "utf8");
  return { certificates: pem, privateKey: pem };
}
