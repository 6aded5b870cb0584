/*
 *  1.  connect
 *  2.  close
 */
import { failureOfAbort } from "../core/abort.ts";
import { known, unknown, type Fact } from "../core/fact.ts";
import type { Failure } from "../core/failure.ts";
import type { ExamContext } from "./context.ts";
import type { ObservationOf, PortControlData } from "./kinds.ts";
import { observe } from "./observe.ts";

/**
 * Finds out whether packets reach a port at all, and returns the observation, recorded: reachable
 * when TCP connects or is refused, not reachable when it times out, unknown for anything else.
 */
export async function portControl(
  subject: { readonly host: string; readonly ip: string; readonly port: number },
  reason: PortControlData["reason"],
  ctx: ExamContext,
  dependsOn: readonly string[],
): Promise<ObservationOf<"port-control">> {
  const { host, ip, port } = subject;
  const place = { host, ip, port };
  const startedAt = ctx.clock.now();
  let release: () => void;
  try {
    release = await ctx.slots.acquire(host, ctx.signal);
  } catch (error) {
    if (!ctx.signal.aborted) throw error;
    const failure = failureOfAbort(ctx.signal, "connect");
    const data = { reason, reachable: unknown(failure) };
    return observe(ctx, "port-control", place, startedAt, { data, failure, dependsOn });
  }
  try {
    ctx.progress({ text: `control connection to ${host} port ${port}` });
    const dialledAt = ctx.clock.now();
    const dialled = await ctx.dial(place, ctx.signal);
    const now = ctx.clock.now();
    const timings = {
      slotWaitMs: Math.round(dialledAt - startedAt),
      connectMs: Math.round(now - dialledAt),
    };
    if ("connection" in dialled) {
      await dialled.connection.close();
      const transcript = dialled.connection.transcript.entries;
      const data = { reason, reachable: known(true) };
      return observe(ctx, "port-control", place, startedAt, {
        data,
        dependsOn,
        timings,
        transcript,
      });
    }
    const { failure, transcript } = dialled;
    const data = { reason, reachable: reachability(failure) };
    return observe(ctx, "port-control", place, startedAt, {
      data,
      failure,
      dependsOn,
      timings,
      transcript,
    });
  } finally {
    release();
  }
}

function reachability(failure: Failure): Fact<boolean> {
  if (failure.code === "connect-refused") return known(true);
  return failure.code === "connect-timeout" ? known(false) : unknown(failure);
}
