/**
 * Every limit of maildoctor, with its reason. Times are in milliseconds and absolute (a slow peer
 * cannot extend them by sending a byte now and then); sizes are in octets.
 */
export interface Limits {
  /** Whole target. `--deadline`. */
  readonly deadlineMs: number;
  /** One UDP try; two tries a server. Precedent: 2 s in the common resolvers' libraries. */
  readonly dnsTryMs: number;
  readonly dnsTcpMs: number;
  /** One name and type, all tries and servers. */
  readonly dnsQueryMs: number;
  readonly connectMs: number;
  /** Port 25: honest servers delay their greeting by 20 s and more. RFC 5321 4.5.3.2.1 allows 5 minutes. */
  readonly greetingMs: number;
  /** On a port where a client would wait for us: implicit TLS is recognised by silence. */
  readonly tlsMs: number;
  /** EHLO, MAIL, RCPT, RSET: RFC 5321 4.5.3.2 allows 5 minutes; a tarpit is named, not waited out. */
  readonly commandMs: number;
  readonly quitMs: number;
  /** One reply line; RFC 5321 4.5.3.1.5 allows 512, more is a finding, this is the stop. */
  readonly lineBytes: number;
  readonly replyLines: number;
  readonly replyBytes: number;
  /** All that one connection may send us. */
  readonly connectionBytes: number;
  readonly transcriptBytes: number;
  /** Commands that a server may refuse in one session before we leave (Postfix slows down at 10). */
  readonly rejectedCommands: number;
  readonly connectionsPerHost: number;
  readonly connections: number;
  /** Exchangers of one domain that are visited, in order of preference. */
  readonly mxHosts: number;
  readonly addressesPerHost: number;
  readonly cnameChain: number;
  /** Side by side in a list: enough for domains of one provider to meet at its servers and share a session. */
  readonly domainsAtOnce: number;
}

export const defaultLimits: Limits = {
  deadlineMs: 60_000,
  dnsTryMs: 2_000,
  dnsTcpMs: 3_000,
  dnsQueryMs: 6_000,
  connectMs: 5_000,
  greetingMs: 30_000,
  tlsMs: 10_000,
  commandMs: 15_000,
  quitMs: 2_000,
  lineBytes: 4_096,
  replyLines: 128,
  replyBytes: 65_536,
  connectionBytes: 262_144,
  transcriptBytes: 262_144,
  rejectedCommands: 8,
  connectionsPerHost: 2,
  connections: 20,
  mxHosts: 10,
  addressesPerHost: 4,
  cnameChain: 8,
  domainsAtOnce: 20,
};

/** Who we say we are. */
export interface Identity {
  /** The argument of EHLO: a fully qualified name or an address literal. spec: RFC 5321 4.1.1.1, 4.1.4. */
  readonly ehloName: string;
  readonly ehloSource: "option" | "reverse-name" | "host-name" | "address-literal";
  /** The reverse-path of the relay control. */
  readonly sender: string;
}

/** Monotonic time. */
export interface Clock {
  /** Milliseconds since the start of the run. */
  now(): number;
}
