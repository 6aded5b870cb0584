import type { ConnectTo } from "../../src/core/connect-to.ts";
import { defaultLimits, type Limits } from "../../src/core/context.ts";
import type { Observation } from "../../src/core/observation.ts";
import type { ExamContext } from "../../src/probes/context.ts";
import { createDial } from "../../src/wire/dial.ts";
import { createSlots } from "../../src/wire/slots.ts";
import { ca } from "../kit/certs.ts";

/** Short enough for tests that wait for silence, long enough for a busy machine. */
export const testLimits: Limits = {
  ...defaultLimits,
  connectMs: 2_000,
  greetingMs: 2_000,
  tlsMs: 2_000,
  commandMs: 2_000,
  quitMs: 500,
};

interface Changes {
  readonly limits?: Partial<Limits>;
  readonly connectTo?: readonly ConnectTo[];
  readonly signal?: AbortSignal;
  readonly envelope?: boolean;
  readonly scope?: string;
}

/** A context over loopback: every address is public unless the test says otherwise. */
export function createTestContext(changes: Changes = {}): {
  readonly ctx: ExamContext;
  readonly recorded: Observation[];
} {
  const limits = { ...testLimits, ...changes.limits };
  const recorded: Observation[] = [];
  const startedAt = performance.now();
  const ctx: ExamContext = {
    signal: changes.signal ?? new AbortController().signal,
    clock: { now: () => performance.now() - startedAt },
    limits,
    slots: createSlots(limits.connections, limits.connectionsPerHost),
    dial: createDial({ connectTo: changes.connectTo ?? [], limits }),
    resolver: {
      query: () => Promise.reject(new Error("an SMTP session asks no DNS questions")),
      servers: [],
      close: () => undefined,
    },
    identity: {
      ehloName: "probe.example.org",
      ehloSource: "option",
      sender: "maildoctor@probe.example.org",
    },
    trust: { name: "ca-file", pem: ca },
    scopeOf: () => changes.scope ?? "public",
    mayDial: () => true,
    ask: {
      passive: false,
      envelope: changes.envelope ?? true,
      ipv4: true,
      ipv6: true,
      deep: false,
      testInjection: false,
    },
    record: (observation) => {
      recorded.push(observation as unknown as Observation);
      return observation;
    },
    progress: () => undefined,
  };
  return { ctx, recorded };
}
