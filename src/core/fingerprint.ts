import { createHash } from "node:crypto";
import type { Subject } from "./observation.ts";

/**
 * An id of a finding that is the same in every run: made of check, message, target, host name and
 * port. No address, text or time goes in, so rotating addresses do not make new findings.
 */
export function fingerprintOf(
  checkId: string,
  message: string | undefined,
  target: string,
  subject: Subject,
): string {
  const parts = [
    checkId,
    message ?? "",
    target,
    subject.domain ?? "",
    subject.host ?? "",
    subject.port ?? "",
  ];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
}
