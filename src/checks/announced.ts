import type { Fact } from "../core/fact.ts";
import type { Extension, SmtpHelloData } from "../probes/kinds.ts";
import { isOff } from "./session-traits.ts";

/**
 * The extensions that hold for the rest of the session: those announced inside TLS where TLS came
 * about, else those announced in clear. Unknown where either list that counts is unknown.
 */
export function announcedExtensions({
  extensions,
  extensionsAfterTls,
}: SmtpHelloData): Fact<readonly Extension[]> {
  return isOff(extensionsAfterTls) ? extensions : extensionsAfterTls;
}

/** The octets that SIZE states; undefined where it states no limit. spec: RFC 1870 3. */
export function sizeLimitOf(extensions: readonly Extension[]): number | undefined {
  const stated = extensions.find(({ keyword }) => keyword === "SIZE")?.parameters[0] ?? "";
  const octets = /^\d{1,20}$/.test(stated) ? Number(stated) : 0;
  return octets === 0 ? undefined : octets;
}

/** "9.5 MB", decimal, at most one digit after the point; "900 kB" below a megabyte. */
export function megabytes(octets: number): string {
  return octets < 1_000_000
    ? `${Math.max(1, Math.round(octets / 1000))} kB`
    : `${Number((octets / 1_000_000).toFixed(1))} MB`;
}
