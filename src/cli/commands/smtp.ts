import { allChecks as checks } from "../../checks/index.ts";
import { parseServiceTarget, type Target } from "../../core/target.ts";
import { examineTargets } from "../examine.ts";
import type { Io } from "../io.ts";
import type { RawOptions } from "../options.ts";
import { readSettings } from "../settings.ts";

/** `smtp`: the handshake of one host, or of a domain's exchangers. */
export async function smtp(
  input: string,
  raw: RawOptions & { readonly host?: boolean },
  io: Io,
): Promise<number> {
  const parsed = parseServiceTarget(input);
  const target: Target = raw.host === true ? { port: 25, ...parsed } : parsed;
  const settings = await readSettings(raw, io, checks);
  return examineTargets({ exam: "handshake", targets: [target], settings, checks, io });
}
