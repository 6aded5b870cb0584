import type { Limits } from "../../core/context.ts";
import type { Failure } from "../../core/failure.ts";
import type { Connection } from "../../wire/connection.ts";
import { startDeadline } from "../../wire/deadline.ts";
import { protocolTitle, type Heard } from "../../wire/heard.ts";
import type { HandshakeOptions } from "../../wire/tls.ts";

/** A server that waits for TLS answers a ClientHello at once. */
const patienceMs = 3_000;

/**
 * After a whole greeting time of silence: does the server wait for TLS, on a port where the server
 * speaks first? A ClientHello on the same connection tells; the connection is over afterwards.
 */
export async function explainSilence(
  connection: Connection,
  silence: Failure,
  options: Omit<HandshakeOptions, "mode">,
  limits: Pick<Limits, "tlsMs">,
  signal: AbortSignal,
): Promise<{ readonly heard: Heard; readonly failure: Failure }> {
  const deadline = startDeadline(Math.min(limits.tlsMs, patienceMs), signal);
  connection.transcript.note("=", "Nothing heard: trying whether the server waits for TLS");
  const result = await connection.startTls({ ...options, mode: "implicit" }, deadline);
  deadline.clear();
  connection.destroy();
  const heard = "facts" in result ? "tls" : result.heard;
  // A greeting that comes only now is a greeting all the same, and too late.
  if (heard === "silence" || heard === "unknown" || heard === "smtp")
    return { heard: "silence", failure: silence };
  const { port } = connection.endpoint;
  const message =
    heard === "tls"
      ? `the server expects TLS at once on port ${port}`
      : `the server speaks ${protocolTitle(heard)} instead of SMTP on port ${port}`;
  return { heard, failure: { stage: "greeting", code: "wrong-protocol", message } };
}
