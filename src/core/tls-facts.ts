/** One certificate of the chain that the server presented. Text is escaped. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** dNSName entries, A-label form as in the certificate; at most 100. */
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly keyType: "rsa" | "ec" | "ed25519" | "ed448" | "dsa" | "unknown";
  /** RSA modulus or curve size in bits. */
  readonly keyBits?: number;
  readonly curve?: string;
  /** "sha256WithRSAEncryption", or the OID in dots where the name is not known. */
  readonly signatureAlgorithm: string;
  readonly sha256: string;
  readonly spkiSha256: string;
  readonly selfSigned: boolean;
}

/**
 * How a certificate presents a name. "not-judged": it does not, but it was presented for another
 * name of the same address, and the server may have one for this name too.
 */
export type NameMatch = "exact" | "wildcard" | "none" | "not-judged";

/** What a completed TLS handshake showed. Trust is recorded, never enforced. */
export interface TlsFacts {
  readonly mode: "implicit" | "starttls";
  /** The server name sent (SNI); absent for IP literals. */
  readonly serverName?: string;
  /** "TLSv1.3" */
  readonly version: string;
  /** IANA name of the cipher suite. */
  readonly cipher: string;
  /** "X25519", "prime256v1"; absent where the key exchange was not ephemeral. */
  readonly keyExchange?: string;
  readonly keyExchangeBits?: number;
  /** The leaf first, as presented; empty for an anonymous key exchange. */
  readonly chain: readonly CertificateFacts[];
  /** Whether the chain leads to a root of the trust store, names apart. */
  readonly trusted: boolean;
  /** OpenSSL's name of the error when not trusted: "CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT". */
  readonly trustError?: string;
  /** What it was judged against: "system", "bundled" (Node's own list) or "ca-file". */
  readonly trustStore: string;
  /** The name that we looked for, and whether the leaf presents it. spec: RFC 9525 6.3. */
  readonly referenceIdentifier: string;
  readonly nameMatch: NameMatch;
  readonly handshakeMs: number;
}
