import { constants } from "node:crypto";
import type { Socket } from "node:net";
import {
  connect,
  createSecureContext,
  type EphemeralKeyInfo,
  type SecureContext,
  type SecureContextOptions,
  type TLSSocket,
} from "node:tls";
import { ipFamily } from "../core/ip.ts";
import type { Failure } from "../core/failure.ts";
import type { TlsFacts } from "../core/tls-facts.ts";
import { certificateFacts } from "./certificate.ts";
import type { Deadline } from "./deadline.ts";
import type { Heard } from "./heard.ts";
import { matchName } from "./name-match.ts";
import { Tap } from "./tap.ts";
import { looksLikeTls, tlsFailure } from "./tls-failure.ts";

/** The roots that a chain is judged against. */
export interface TrustStore {
  /** "system", "bundled" or "ca-file". */
  readonly name: string;
  /** PEM certificates; absent for Node's bundled list. */
  readonly pem?: string;
}

export interface HandshakeOptions {
  readonly mode: TlsFacts["mode"];
  /** The name that the certificate should present; sent as SNI unless it is an IP literal. */
  readonly host: string;
  readonly trust: TrustStore;
  /** What we offer; everything unless given. */
  readonly offer?: Offer;
}

/**
 * What the ClientHello offers: every version from TLS 1.0 on; TLS 1.0 and 1.1 alone; or, up to
 * TLS 1.2, suites with an anonymous key exchange alone (later versions have none).
 */
export type Offer = "everything" | "legacy-versions" | "anonymous";

/** A failed handshake, and what the peer spoke instead of TLS where that was heard. */
export interface HandshakeFailure {
  readonly failure: Failure;
  readonly heard: Heard;
}

export type Handshake =
  { readonly facts: TlsFacts; readonly socket: TLSSocket; readonly tap: Tap } | HandshakeFailure;

/**
 * Completes a TLS handshake on the socket whatever the certificate, TLS 1.0 and later, so that one
 * connection shows what an old server can do. Trust is recorded, not enforced. The socket is
 * destroyed after a failure. Nobody else may be reading the socket.
 */
export function handshake(
  raw: Socket,
  options: HandshakeOptions,
  limitBytes: number,
  deadline: Deadline,
): Promise<Handshake> {
  const startedAt = performance.now();
  const tap = new Tap(raw, limitBytes);
  tap.on("error", ignore);
  return new Promise((resolve) => {
    const { signal } = deadline;
    const finish = (result: Handshake): void => {
      signal.removeEventListener("abort", giveUp);
      tap.off("head", judgeHead);
      socket?.off("error", fail).off("close", giveUp).on("error", ignore);
      resolve(result);
    };
    const fail = (error?: NodeJS.ErrnoException): void => {
      const result = tlsFailure(tap, deadline, error);
      finish(result);
      tap.destroy();
    };
    const giveUp = (): void => fail();
    const judgeHead = (): void => {
      if (!looksLikeTls(tap.head)) fail();
    };
    let socket: TLSSocket | undefined;
    if (signal.aborted) return fail();
    signal.addEventListener("abort", giveUp);
    tap.on("head", judgeHead);
    try {
      socket = connect({
        socket: tap,
        secureContext: contextFor(options.trust, options.offer),
        rejectUnauthorized: false,
        checkServerIdentity: () => undefined,
        ...(ipFamily(options.host) === 0 ? { servername: options.host } : {}),
      });
    } catch (error) {
      return fail(error as NodeJS.ErrnoException);
    }
    const tls = socket.on("error", fail).on("close", giveUp);
    tls.once("secureConnect", () => {
      try {
        const facts = factsOf(tls, options, performance.now() - startedAt);
        finish({ facts, socket: tls, tap });
      } catch (error) {
        fail(error as NodeJS.ErrnoException);
      }
    });
  });
}

function ignore(): void {
  // An 'error' event without a listener would end the process; 'close' follows it.
}

// Without SECLEVEL=0 OpenSSL refuses old servers on our side, and the refusal would look like theirs.
const offers: Readonly<Record<Offer, SecureContextOptions>> = {
  everything: { ciphers: "DEFAULT@SECLEVEL=0" },
  "legacy-versions": { ciphers: "DEFAULT@SECLEVEL=0", maxVersion: "TLSv1.1" },
  anonymous: { ciphers: "aNULL:!eNULL@SECLEVEL=0", maxVersion: "TLSv1.2" },
};

const contexts = new Map<string, SecureContext>();

/** Parsing some 140 roots takes tens of milliseconds: once for each store and offer. */
function contextFor(trust: TrustStore, offer: Offer = "everything"): SecureContext {
  const key = `${offer} ${trust.pem ?? ""}`;
  const cached = contexts.get(key);
  if (cached) return cached;
  const context = createSecureContext({
    ...(trust.pem === undefined ? {} : { ca: trust.pem }),
    minVersion: "TLSv1",
    ...offers[offer],
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  });
  contexts.set(key, context);
  return context;
}

const mostCertificates = 10;

function factsOf(socket: TLSSocket, options: HandshakeOptions, ms: number): TlsFacts {
  const chain = [];
  // These are the certificates as sent; getPeerCertificate would add issuers of our own store.
  let certificate = socket.getPeerX509Certificate();
  while (certificate !== undefined && chain.length < mostCertificates) {
    chain.push(certificateFacts(certificate, options.host));
    certificate = certificate.issuerCertificate;
  }
  const cipher = socket.getCipher();
  const key: Partial<EphemeralKeyInfo> | null = socket.getEphemeralKeyInfo();
  const error = socket.authorized ? undefined : String(socket.authorizationError);
  return {
    mode: options.mode,
    ...(ipFamily(options.host) === 0 ? { serverName: options.host } : {}),
    version: socket.getProtocol() ?? "unknown",
    cipher: cipher.standardName,
    ...(key?.type === undefined ? {} : { keyExchange: key.name ?? key.type }),
    ...(key?.size === undefined ? {} : { keyExchangeBits: key.size }),
    chain,
    trusted: socket.authorized,
    ...(error === undefined ? {} : { trustError: error }),
    trustStore: options.trust.name,
    referenceIdentifier: options.host,
    nameMatch: matchName(chain[0], options.host),
    handshakeMs: Math.round(ms),
  };
}
