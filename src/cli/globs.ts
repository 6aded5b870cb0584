import type { Check } from "../core/check.ts";
import { UsageError } from "../core/errors.ts";
import { matchesGlob } from "../core/text.ts";
import type { Profile } from "../checks/profile.ts";
import { nearest } from "./nearest.ts";
import { shown } from "./values.ts";

/**
 * Returns the profile of `--only` and `--skip`; the bare name of a room stands for all its checks.
 * Throws UsageError for a glob that matches nothing, and when nothing is left to judge.
 */
export function parseProfile(
  only: readonly string[],
  skip: readonly string[],
  checks: readonly Check[],
): Profile {
  const profile = {
    only: only.map((glob) => expand("--only", glob, checks)),
    skip: skip.map((glob) => expand("--skip", glob, checks)),
  };
  const left = checks.some(
    ({ id }) =>
      !profile.skip.some((glob) => matchesGlob(glob, id)) &&
      (profile.only.length === 0 ||
        profile.only.some((glob) => matchesGlob(glob.split(":")[0] ?? "", id))),
  );
  if (!left) throw new UsageError("--only and --skip leave no check to judge by");
  return profile;
}

function expand(option: string, glob: string, checks: readonly Check[]): string {
  const rooms = new Set(checks.map(({ id }) => id.split("/")[0] ?? ""));
  const pattern = rooms.has(glob) ? `${glob}/*` : glob;
  const names = checks.flatMap(({ id, messages }) => [
    id,
    ...Object.keys(messages).map((message) => `${id}:${message}`),
  ]);
  if (names.some((name) => matchesGlob(pattern, name))) return pattern;
  const close = nearest(glob, [...rooms, ...names]);
  const hint = close === undefined ? "; maildoctor explain lists them" : `; did you mean ${close}?`;
  throw new UsageError(`${option} "${shown(glob)}" matches no check${hint}`);
}
