import { readFileSync } from "node:fs";
import { demoCaFile, demoCertificate } from "../../src/demo/certificates.ts";
import type { ServerIdentity } from "../../src/wire/listen.ts";

/** PEM of the root that signed the certificates of the fixtures, and the path of its file. */
export const ca = readFileSync(demoCaFile, "utf8");
export const caFile = demoCaFile;

/**
 * Certificates for mx.example.com and mx1.example.com, each with the defect that its name says.
 * `wildcard` is for *.example.com, `wrong-name` for mail.hosting.example; `intermediate` comes with
 * the intermediate certificate, `missing-intermediate` without.
 */
export type CertName =
  | "healthy-rsa"
  | "healthy-ec"
  | "wildcard"
  | "expired"
  | "not-yet-valid"
  | "wrong-name"
  | "self-signed"
  | "weak-key"
  | "sha1"
  | "intermediate"
  | "missing-intermediate";

/** Chain and key in PEM of a certificate of the fixtures. */
export function cert(name: CertName): ServerIdentity {
  return demoCertificate(name);
}
