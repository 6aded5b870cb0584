import type { Failure, Stage } from "./failure.ts";

/**
 * The failure for work that a signal has cut short: "deadline" where its reason is an error with
 * that message (the target's time limit), else "aborted" (the user).
 */
export function failureOfAbort(signal: AbortSignal, stage: Stage): Failure {
  return abortReason(signal) === "deadline"
    ? {
        stage,
        code: "deadline",
        message: "the time limit of the run was reached",
        permanent: false,
      }
    : { stage, code: "aborted", message: "interrupted", permanent: false };
}

/** The message of the signal's reason: "deadline", "aborted", or "timeout" for a single wait. */
export function abortReason(signal: AbortSignal): string {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason.message : String(reason);
}
