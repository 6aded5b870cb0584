import { failureOfAbort } from "../core/abort.ts";
import type { Failure } from "../core/failure.ts";
import { escapeText } from "../core/text.ts";
import { formatMs, timedOut, type Deadline } from "./deadline.ts";
import { alertName } from "./ending.ts";
import { heardProtocol, protocolTitle, type Heard } from "./heard.ts";
import type { RawEnding } from "./tap.ts";

/** True unless the first octets cannot begin a TLS record. spec: RFC 8446 5.1. */
export function looksLikeTls(head: Uint8Array): boolean {
  const [type = 0x16, major = 3] = head;
  return type >= 0x14 && type <= 0x18 && major === 3;
}

/** Says why a handshake failed, by what the peer sent, how it ended, and OpenSSL's error. */
export function tlsFailure(
  peer: { readonly head: Uint8Array; readonly ending: RawEnding | undefined },
  deadline: Deadline,
  error?: NodeJS.ErrnoException,
): { readonly failure: Failure; readonly heard: Heard } {
  const heard = looksLikeTls(peer.head)
    ? peer.head.length === 0
      ? "silence"
      : "tls"
    : heardProtocol(peer.head);
  return { failure: { stage: "tls", ...reason(peer, heard, deadline, error) }, heard };
}

function reason(
  { head, ending }: { readonly head: Uint8Array; readonly ending: RawEnding | undefined },
  heard: Heard,
  deadline: Deadline,
  error?: NodeJS.ErrnoException,
): Omit<Failure, "stage"> {
  if (heard !== "tls" && heard !== "silence")
    return {
      code: "wrong-protocol",
      message: `the server speaks ${protocolTitle(heard)} where TLS was expected`,
    };
  const code = error?.code ?? "";
  const alert = alertName(error);
  if (alert !== undefined)
    return {
      code: "tls-alert",
      message: `the server ended the TLS handshake with the alert "${alert}"`,
      errno: code,
    };
  if (ending === "too-large")
    return { code: "too-large", message: "the server sent too much during the TLS handshake" };
  if (/^ERR_SSL_|^ERR_TLS_|^ERR_OSSL_/.test(code)) {
    const detail = code.replace(/^ERR_(SSL|TLS|OSSL)_/, "").toLowerCase();
    return {
      code: "tls-handshake",
      message: `the TLS handshake failed: ${escapeText(detail.replaceAll("_", " "))}`,
      errno: code,
    };
  }
  if (deadline.signal.aborted && !timedOut(deadline.signal)) {
    const { code: aborted, message } = failureOfAbort(deadline.signal, "tls");
    return { code: aborted, message, permanent: false };
  }
  if (deadline.signal.aborted)
    return head.length === 0
      ? {
          code: "read-timeout",
          message: `the server sent nothing for the TLS handshake within ${formatMs(deadline.ms)}`,
          permanent: false,
        }
      : {
          code: "too-slow",
          message: `the TLS handshake did not end within ${formatMs(deadline.ms)}`,
          permanent: false,
        };
  if (ending === "reset")
    return { code: "connect-reset", message: "the connection was reset during the TLS handshake" };
  if (ending === "fin" || code === "ECONNRESET" || code === "")
    return {
      code: "closed-early",
      message: "the server closed the connection during the TLS handshake",
    };
  return { code: "tls-handshake", message: "the TLS handshake failed", errno: code };
}
