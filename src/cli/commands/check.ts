import { allChecks as checks } from "../../checks/index.ts";
import { UsageError } from "../../core/errors.ts";
import { parseMailTarget } from "../../core/target.ts";
import { examineTargets } from "../examine.ts";
import { exitCodes, worstExitCode } from "../exit.ts";
import { write, type Io } from "../io.ts";
import type { RawOptions } from "../options.ts";
import { readSettings } from "../settings.ts";
import { parseTargets, readTargets } from "../targets.ts";

/** `check`: examines domains, given as arguments or, for "-", one a line on standard input. */
export async function check(inputs: readonly string[], raw: RawOptions, io: Io): Promise<number> {
  const fromList = inputs.includes("-");
  if (fromList && inputs.length > 1)
    throw new UsageError('"-" reads the domains from standard input and stands alone');
  const listed = fromList ? undefined : parseTargets(inputs, parseMailTarget);
  const settings = await readSettings(raw, io, checks);
  const { targets, faults } = listed ?? (await readTargets(io.stdin, parseMailTarget, io.signal));
  for (const fault of faults) await write(io.stderr, `maildoctor: ${fault}\n`);
  if (targets.length === 0) return exitCodes.usage;
  const code = await examineTargets({ exam: "domain", targets, settings, checks, io });
  return faults.length === 0 ? code : worstExitCode([code, exitCodes.usage]);
}
