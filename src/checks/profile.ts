import { matchesGlob } from "../core/text.ts";

/** Which findings the user wants; both lists hold globs over `check` or `check:message`. */
export interface Profile {
  /** Empty: all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

export const everything: Profile = { only: [], skip: [] };

/** Whether the check, or this message of it, is wanted. A glob without ":" speaks of whole checks. */
export function isWanted(profile: Profile, checkId: string, message?: string): boolean {
  const matches = (glob: string): boolean => {
    if (!glob.includes(":")) return matchesGlob(glob, checkId);
    return message !== undefined && matchesGlob(glob, `${checkId}:${message}`);
  };
  const { only, skip } = profile;
  if (skip.some(matches)) return false;
  if (only.length === 0 || only.some(matches)) return true;
  // Before its messages are known, a check stays in when a glob may want one of them.
  return (
    message === undefined && only.some((glob) => matchesGlob(glob.split(":")[0] ?? "", checkId))
  );
}
