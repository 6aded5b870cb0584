import { onTestFinished } from "vitest";
import { parseConnectTo } from "../../src/core/connect-to.ts";
import type { Limits } from "../../src/core/context.ts";
import type { Observation } from "../../src/core/observation.ts";
import { parseMailTarget, parseServiceTarget } from "../../src/core/target.ts";
import type { ExamName } from "../../src/exams/index.ts";
import type { ExamOptions } from "../../src/exams/options.ts";
import { createRun, type Examination, type Run } from "../../src/exams/run.ts";
import { parseResolver } from "../../src/proto/dns/resolver-address.ts";
import { ca } from "../kit/certs.ts";
import { testLimits } from "../probes/smtp-context.ts";

interface Setup {
  readonly resolver: string;
  readonly connectTo?: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly options?: Partial<ExamOptions>;
}

/** A run over the zone server; documentation addresses count as public. */
export function startRun({ resolver, connectTo = [], limits = {}, options = {} }: Setup): Run {
  const run = createRun({
    resolvers: [parseResolver(resolver)],
    trustAd: true,
    connectTo: connectTo.map((text) => parseConnectTo(text)),
    trust: { name: "ca-file", pem: ca },
    treatAsPublic: ["192.0.2.0/24", "198.51.100.0/24", "2001:db8::/32"],
    allowPrivate: false,
    limits: { ...testLimits, ...limits },
    ipv4: true,
    ipv6: true,
    passive: false,
    envelope: true,
    deep: false,
    testInjection: false,
    ehloName: "probe.example.org",
    weakened: [],
    ...options,
  });
  onTestFinished(() => run.close());
  return run;
}

export async function examine(
  run: Run,
  exam: ExamName,
  input: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<Examination> {
  const target = exam === "handshake" ? parseServiceTarget(input) : parseMailTarget(input);
  return await run.examine(exam, target, { signal, progress: () => undefined });
}

/** The observations of a kind. */
export function ofKind({ observations }: Examination, kind: string): readonly Observation[] {
  return observations.filter((observation) => observation.kind === kind);
}
