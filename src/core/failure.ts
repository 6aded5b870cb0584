/** The stages of an examination at which something can fail, in the order in which they come. */
export const stages = [
  "resolve",
  "connect",
  "tls",
  "greeting",
  "hello",
  "starttls",
  "auth",
  "envelope",
  "command",
  "fetch",
] as const;
export type Stage = (typeof stages)[number];

/** The closed list of what can go wrong; a new code needs a sentence in `failureTitle`. */
export type FailureCode = keyof typeof failureTitle;

/** One short phrase for each failure code, for people. */
export const failureTitle = {
  "bad-name": "this is not a name that the DNS can hold",
  "name-not-found": "the name does not exist (NXDOMAIN)",
  "no-data": "the name has no such record (NODATA)",
  "dns-servfail": "the resolver answered SERVFAIL",
  "dns-refused": "the resolver refused the question",
  "dns-rcode": "the resolver answered with an unexpected response code",
  "dns-timeout": "no DNS answer in time",
  "dns-malformed": "the DNS answer was malformed",
  "dns-inconsistent": "the DNS answer contradicts itself",
  "dns-cname-loop": "the aliases never end",
  "dns-tcp": "the answer was truncated and TCP failed",
  "connect-refused": "connection refused",
  "connect-timeout": "connection timed out",
  "connect-unreachable": "no route to the address",
  "connect-reset": "connection reset",
  "closed-early": "connection closed by the server",
  "read-timeout": "no reply in time",
  "write-blocked": "the server stopped reading",
  "too-slow": "the reply did not end in time",
  "tls-handshake": "the TLS handshake failed",
  "tls-alert": "the server ended the TLS handshake with an alert",
  "wrong-protocol": "the server speaks another protocol",
  "starttls-refused": "the server refused STARTTLS",
  "early-plaintext": "plain text was injected before TLS began",
  desync: "the server answered before it was asked",
  "bad-reply": "the reply was malformed",
  "line-too-long": "a reply line was too long",
  "too-large": "the reply was too large",
  refused: "the server refused",
  "rate-limited": "the server asked us to come back later",
  "auth-refused": "the login was refused",
  "mechanism-unavailable": "no usable login mechanism",
  "secret-would-be-clear": "the password would have been sent unencrypted",
  "http-status": "unexpected HTTP status",
  redirected: "the fetch was redirected",
  "not-public": "the address is not public",
  "over-limit": "left out to keep within limits",
  "own-network": "our own address is in the server's network, so the server may trust it",
  aborted: "interrupted",
  deadline: "the time limit was reached",
  bug: "a fault in maildoctor",
} as const;

/** A reply of a mail server; `lines` is the text after the code of each line, escaped, without CRLF. */
export interface Reply {
  readonly code: number;
  readonly enhanced?: string;
  readonly lines: readonly string[];
  readonly command?: string;
}

/** What went wrong on the wire or in the DNS. Data, never thrown. */
export interface Failure {
  readonly stage: Stage;
  readonly code: FailureCode;
  /** One English line that names what happened; text from outside in it is escaped already. */
  readonly message: string;
  readonly reply?: Reply;
  /** True for an answer that a retry will not change (5xx), false for a temporary one (4xx, timeouts). */
  readonly permanent?: boolean;
  readonly errno?: string;
}

/** Returns a failure; `more` adds reply, permanence or errno. */
export function failure(
  stage: Stage,
  code: FailureCode,
  message: string = failureTitle[code],
  more: Pick<Partial<Failure>, "reply" | "permanent" | "errno"> = {},
): Failure {
  return { stage, code, message, ...more };
}
