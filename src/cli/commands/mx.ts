import { allChecks as checks } from "../../checks/index.ts";
import { parseMailTarget } from "../../core/target.ts";
import { examineTargets } from "../examine.ts";
import type { Io } from "../io.ts";
import type { RawOptions } from "../options.ts";
import { readSettings } from "../settings.ts";

/** `mx`: the route of mail to a domain, by DNS alone. */
export async function mx(input: string, raw: RawOptions, io: Io): Promise<number> {
  const targets = [parseMailTarget(input)];
  const settings = await readSettings(raw, io, checks);
  return examineTargets({ exam: "route", targets, settings, checks, io });
}
