import { failureOfAbort } from "../core/abort.ts";
import { connect, type Socket } from "node:net";
import { applyConnectTo, type ConnectTo, type Endpoint } from "../core/connect-to.ts";
import type { Limits } from "../core/context.ts";
import type { Failure, FailureCode } from "../core/failure.ts";
import { expandIpv6, formatEndpoint, ipFamily } from "../core/ip.ts";
import type { TranscriptEntry } from "../core/observation.ts";
import { Connection } from "./connection.ts";
import { formatMs, startDeadline, timedOut } from "./deadline.ts";
import { createSecrets, type Secrets } from "./secrets.ts";
import { createTranscript } from "./transcript.ts";

export type { Endpoint } from "../core/connect-to.ts";

/** Opens one TCP connection; resolves to the failure when there is none. */
export type Dial = (
  endpoint: Endpoint,
  signal: AbortSignal,
) => Promise<
  | { readonly connection: Connection }
  | { readonly failure: Failure; readonly transcript: readonly TranscriptEntry[] }
>;

interface DialOptions {
  readonly connectTo: readonly ConnectTo[];
  readonly limits: Limits;
  readonly secrets?: Secrets;
}

/** Creates the only way to a TCP connection: to IP literals, redirected by `--connect-to`, timed. */
export function createDial({ connectTo, limits, secrets = createSecrets() }: DialOptions): Dial {
  return async (endpoint, parent) => {
    const to = applyConnectTo(connectTo, endpoint);
    const where = formatEndpoint(endpoint.ip, endpoint.port);
    const transcript = createTranscript(limits.transcriptBytes, secrets);
    const dialled = formatEndpoint(to.ip, to.port);
    transcript.note("=", `Connecting to ${where}${dialled === where ? "" : ` (at ${dialled})`}`);
    const failed = (
      failure: Failure,
    ): { failure: Failure; transcript: typeof transcript.entries } => {
      transcript.note("!", failure.message);
      return { failure, transcript: transcript.entries };
    };
    if (ipFamily(to.ip) === 0)
      return failed({ stage: "connect", code: "bug", message: "dial takes IP addresses only" });

    const deadline = startDeadline(limits.connectMs, parent);
    const result = await open(to, deadline.signal);
    deadline.clear();
    if ("socket" in result) {
      transcript.note("=", "Connected");
      return { connection: new Connection(result.socket, endpoint, limits, transcript) };
    }
    if (result.error === undefined && !timedOut(deadline.signal))
      return failed(failureOfAbort(deadline.signal, "connect"));
    return failed(connectFailure(where, limits.connectMs, result.error));
  };
}

async function open(
  to: { readonly ip: string; readonly port: number },
  signal: AbortSignal,
): Promise<{ socket: Socket } | { error: NodeJS.ErrnoException | undefined }> {
  if (signal.aborted) return { error: undefined };
  const socket = connect({ host: to.ip, port: to.port, autoSelectFamily: false, noDelay: true });
  return await new Promise((resolve) => {
    const stop = (error?: NodeJS.ErrnoException): void => {
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve({ error });
    };
    const onAbort = (): void => stop();
    signal.addEventListener("abort", onAbort, { once: true });
    socket.on("error", stop);
    socket.once("connect", () => {
      signal.removeEventListener("abort", onAbort);
      if (!sameAddress(socket.remoteAddress, to.ip))
        return stop(new Error(`connected to ${socket.remoteAddress} instead`));
      // A socket is never without an 'error' listener: the connection adds its own before this goes.
      resolve({ socket });
      setImmediate(() => socket.off("error", stop));
    });
  });
}

const codes: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: "connect-refused",
  ETIMEDOUT: "connect-timeout",
  ENETUNREACH: "connect-unreachable",
  EHOSTUNREACH: "connect-unreachable",
  EADDRNOTAVAIL: "connect-unreachable",
  EAFNOSUPPORT: "connect-unreachable",
  ENETDOWN: "connect-unreachable",
  EACCES: "connect-unreachable",
  EPERM: "connect-unreachable",
  EINVAL: "connect-unreachable",
  ECONNRESET: "connect-reset",
  EPIPE: "connect-reset",
};

/** Without an error it was our own time limit. */
function connectFailure(where: string, ms: number, error?: NodeJS.ErrnoException): Failure {
  const code = error === undefined ? "connect-timeout" : (codes[error.code ?? ""] ?? "bug");
  const errno = error?.code === undefined ? {} : { errno: error.code };
  return { stage: "connect", code, message: sentence(), permanent: false, ...errno };

  function sentence(): string {
    switch (code) {
      case "connect-refused":
        return `connection to ${where} refused`;
      case "connect-timeout":
        return `connection to ${where} timed out${error === undefined ? ` after ${formatMs(ms)}` : ""}`;
      case "connect-unreachable":
        return error?.code === "EACCES" || error?.code === "EPERM"
          ? `this machine does not permit the connection to ${where}`
          : `no route to ${where}`;
      case "connect-reset":
        return `connection to ${where} reset`;
      default:
        return `connection to ${where} failed: ${error?.code ?? error?.message ?? "unknown"}`;
    }
  }
}

function sameAddress(remote: string | undefined, ip: string): boolean {
  // A peer that has reset the connection already has no address any more.
  if (remote === undefined) return true;
  if (ipFamily(remote) !== 6 || ipFamily(ip) !== 6) return remote === ip || ipFamily(remote) === 0;
  return expandIpv6(remote).join(":") === expandIpv6(ip).join(":");
}
