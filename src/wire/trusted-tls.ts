import { X509Certificate } from "node:crypto";
import { connect, createSecureContext, type SecureContext, type TLSSocket } from "node:tls";
import type { FailureCode } from "../core/failure.ts";
import { ipFamily } from "../core/ip.ts";
import { escapeText } from "../core/text.ts";
import { certificateFacts } from "./certificate.ts";
import { formatMs } from "./deadline.ts";
import { matchName } from "./name-match.ts";
import type { TrustStore } from "./tls.ts";
import type { Peer, SocketTrouble } from "./udp.ts";

/** A server that must prove who it is before anything is said to it. */
export interface TrustedPeer extends Peer {
  /** What its certificate must be for: a host name, or its IP address. */
  readonly name: string;
  readonly trust: TrustStore;
}

/** Why a trusted server gave no answer; the message follows a colon and may use "the resolver". */
export interface TrustedTrouble extends SocketTrouble {
  readonly code: FailureCode;
}

export interface TrustedTlsOptions {
  /** Of the connection and the handshake together, absolute. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** ALPN; nothing is offered without it. */
  readonly protocol?: string;
}

/**
 * Connects with TLS 1.2 or later and hands out the socket when the chain leads to a root of the trust
 * store and the certificate is for the peer's name; otherwise nothing was sent but the handshake.
 * Never rejects. spec: RFC 8310 8.1, RFC 9325 3.1.1, RFC 9525 6.
 */
export function connectTrusted(
  peer: TrustedPeer,
  { deadlineMs, signal, protocol }: TrustedTlsOptions,
): Promise<TLSSocket | TrustedTrouble> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(givenUp);
    const socket = connect({
      host: peer.ip,
      port: peer.port,
      secureContext: contextFor(peer.trust),
      rejectUnauthorized: true,
      servername: ipFamily(peer.name) === 0 ? peer.name : "",
      checkServerIdentity: (_host, { raw }) => nameError(raw, peer.name),
      ...(protocol === undefined ? {} : { ALPNProtocols: [protocol] }),
    });
    let isConnected = false;
    const finish = (result: TLSSocket | TrustedTrouble): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      socket.off("error", fail).off("close", closed).off("secureConnect", done);
      // An 'error' event without a listener would end the process.
      socket.on("error", () => undefined);
      if (result !== socket) socket.destroy();
      resolve(result);
    };
    const done = (): void => finish(socket);
    const fail = (error: NodeJS.ErrnoException): void =>
      finish(troubleOf(socket, error, peer.name));
    const closed = (): void =>
      finish({
        code: "closed-early",
        message: "it closed the connection during the TLS handshake",
      });
    const cancel = (): void => finish(givenUp);
    const timer = setTimeout(() => {
      const what = isConnected ? "the TLS handshake did not end" : "no connection came about";
      const code = isConnected ? "dns-timeout" : "connect-timeout";
      finish({ code, message: `${what} within ${formatMs(deadlineMs)}` });
    }, deadlineMs);
    signal.addEventListener("abort", cancel, { once: true });
    socket.setNoDelay(true);
    socket.once("connect", () => (isConnected = true));
    socket.once("secureConnect", done).on("error", fail).on("close", closed);
  });
}

const givenUp: TrustedTrouble = { code: "aborted", message: "the question was given up" };

/** Says what a socket error means; text that came from outside is escaped. */
export function troubleFromError(error: NodeJS.ErrnoException): TrustedTrouble {
  const { code: errno, message } = error;
  const more = errno === undefined ? {} : { errno };
  if (errno === "ECONNREFUSED")
    return { code: "connect-refused", message: "nothing listens there", ...more };
  if (errno === "ECONNRESET" || errno === "EPIPE")
    return { code: "connect-reset", message: "it dropped the connection", ...more };
  return errno !== undefined && /^ERR_(?:SSL|TLS|OSSL)_/.test(errno)
    ? { code: "tls-handshake", message: `TLS failed (${escapeText(tlsText(errno))})`, ...more }
    : { code: "connect-unreachable", message: escapeText(message), ...more };
}

function tlsText(errno: string): string {
  const text = errno.replace(/^ERR_(?:SSL|TLS|OSSL)_/, "");
  return text.toLowerCase().replaceAll("_", " ");
}

function troubleOf(socket: TLSSocket, error: NodeJS.ErrnoException, name: string): TrustedTrouble {
  // Null until a certificate was judged, whatever the types say.
  const judged = socket.authorizationError as unknown;
  if (judged === null || judged === undefined) return troubleFromError(error);
  const code = error.code ?? "";
  const fault =
    code === wrongName
      ? `is not for ${name}`
      : (certificateFaults[code] ??
        `cannot be trusted: ${escapeText(error.message.slice(0, 120))}`);
  const errno = code === "" ? {} : { errno: code };
  return { code: "tls-handshake", message: `the resolver's certificate ${fault}`, ...errno };
}

const wrongName = "ERR_TLS_CERT_ALTNAME_INVALID";
const untrusted = "was not issued by an authority that is trusted here";
const certificateFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "has expired",
  CERT_NOT_YET_VALID: "is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
};

/** Only subjectAltName counts: Node itself would fall back to the common name. */
function nameError(der: Buffer, name: string): Error | undefined {
  const facts = certificateFacts(new X509Certificate(der), name);
  if (matchName(facts, name) !== "none") return undefined;
  return Object.assign(new Error(`the certificate is not for ${name}`), { code: wrongName });
}

const contexts = new Map<string, SecureContext>();

/** Parsing some 140 roots takes tens of milliseconds: once for each store. */
function contextFor({ pem }: TrustStore): SecureContext {
  const cached = contexts.get(pem ?? "");
  if (cached) return cached;
  const ca = pem === undefined ? {} : { ca: pem };
  const context = createSecureContext({
    ...ca,
    minVersion: "TLSv1.2",
    // No key below 112 bits of strength and no SHA-1, as browsers have it.
    ciphers: "DEFAULT@SECLEVEL=2",
  });
  contexts.set(pem ?? "", context);
  return context;
}
