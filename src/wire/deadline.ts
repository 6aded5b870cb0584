import { abortReason } from "../core/abort.ts";

/** A point in time after which a wait is over, whatever has arrived until then. */
export interface Deadline {
  /** Aborts at the deadline (its reason is then the error "timeout") or when the parent does. */
  readonly signal: AbortSignal;
  /** The whole allowance, for messages. */
  readonly ms: number;
  /** Releases the timer; call it when the wait has ended. */
  clear(): void;
}

/** Starts an absolute deadline in `ms` milliseconds of monotonic time, or earlier with the parent. */
export function startDeadline(ms: number, parent: AbortSignal): Deadline {
  const controller = new AbortController();
  const follow = (): void => controller.abort(parent.reason);
  const timer = setTimeout(() => controller.abort(new Error("timeout")), Math.min(ms, 0x7fffffff));
  if (parent.aborted) follow();
  else parent.addEventListener("abort", follow, { once: true });
  return {
    signal: controller.signal,
    ms,
    clear() {
      clearTimeout(timer);
      parent.removeEventListener("abort", follow);
    },
  };
}

/** True when the signal was aborted by its own deadline, not by the user or the target's time limit. */
export function timedOut(signal: AbortSignal): boolean {
  return signal.aborted && abortReason(signal) === "timeout";
}

/** "200 ms", "30 s", "1.5 s". */
export function formatMs(ms: number): string {
  return Math.round(ms) < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}
