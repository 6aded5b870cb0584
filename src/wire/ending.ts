import { failureOfAbort } from "../core/abort.ts";
import type { Failure, Stage } from "../core/failure.ts";
import { formatMs, timedOut, type Deadline } from "./deadline.ts";

/** What a read or write waits for: the stage, and the words for a message ("the greeting"). */
export interface Awaited {
  readonly stage: Stage;
  readonly what: string;
}

/**
 * How a connection ended: FIN (under TLS after a close_notify), FIN under TLS without close_notify,
 * RST, too many octets, another socket error, or by ourselves.
 */
export type Ending = "fin" | "truncated" | "reset" | "too-large" | "error" | "local";

/** The failure of a read or write on a connection that has ended. */
export function endingFailure(
  ending: Ending,
  { stage, what }: Awaited,
  partial: boolean,
  error?: NodeJS.ErrnoException,
): Failure {
  const where = partial ? `in the middle of ${what}` : `before ${what}`;
  const alert = alertName(error);
  const errno = error?.code === undefined ? {} : { errno: error.code };
  if (ending === "error" && alert !== undefined)
    return {
      stage,
      code: "tls-alert",
      message: `the server ended TLS with the alert "${alert}" ${where}`,
      ...errno,
    };
  switch (ending) {
    case "reset":
      return {
        stage,
        code: "connect-reset",
        message: `the connection was reset ${where}`,
        permanent: false,
        ...errno,
      };
    case "too-large":
      return {
        stage,
        code: "too-large",
        message: "the server sent more than we read in a session",
      };
    case "truncated":
      return {
        stage,
        code: "closed-early",
        message: `the server closed the connection ${where}, without ending TLS (close_notify)`,
        permanent: false,
      };
    case "error":
    case "fin":
      return {
        stage,
        code: "closed-early",
        message: `the server closed the connection ${where}`,
        permanent: false,
        ...errno,
      };
    case "local":
      return { stage, code: "closed-early", message: `we closed the connection ${where}` };
  }
}

/** The alert that the peer sent, by OpenSSL's error: "handshake failure". spec: RFC 8446 6. */
export function alertName(error: NodeJS.ErrnoException | undefined): string | undefined {
  const name = /^ERR_SSL_.*ALERT_(\w+)$/.exec(error?.code ?? "")?.[1];
  return name?.toLowerCase().replaceAll("_", " ");
}

/** The failure of a wait that reached its deadline; `some` octets of the answer had arrived. */
export function waitFailure(deadline: Deadline, { stage, what }: Awaited, some: boolean): Failure {
  if (!timedOut(deadline.signal)) return failureOfAbort(deadline.signal, stage);
  return some
    ? {
        stage,
        code: "too-slow",
        message: `${what} did not end within ${formatMs(deadline.ms)}`,
        permanent: false,
      }
    : {
        stage,
        code: "read-timeout",
        message: `${what} did not come within ${formatMs(deadline.ms)}`,
        permanent: false,
      };
}
