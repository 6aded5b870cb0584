import type { ConnectTo } from "../core/connect-to.ts";
import type { Limits } from "../core/context.ts";
import type { ResolverAddress } from "../proto/dns/resolver-address.ts";
import type { TrustStore } from "../wire/tls.ts";

/** Everything that steers a run; plain data, made by the command line or by a program. */
export interface ExamOptions {
  readonly resolvers: readonly ResolverAddress[];
  /** Whether the resolvers' AD bit counts as DNSSEC validation. */
  readonly trustAd: boolean;
  readonly connectTo: readonly ConnectTo[];
  readonly trust: TrustStore;
  /** CIDR ranges that count as public, for dialling and for judging. */
  readonly treatAsPublic: readonly string[];
  /** Lifts the guard on dialling addresses that are not public; judging stays as it is. */
  readonly allowPrivate: boolean;
  readonly limits: Limits;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  /** DNS and HTTPS alone. */
  readonly passive: boolean;
  /** False: the SMTP session ends after the handshake. */
  readonly envelope: boolean;
  /** Two more sessions with each address: commands that no delivery needs, and odd TLS offers. */
  readonly deep: boolean;
  /** With `deep`: try whether a command slipped in before TLS is obeyed. */
  readonly testInjection: boolean;
  readonly ehloName?: string;
  /** This machine's own name; used for EHLO when fully qualified. */
  readonly hostName?: string;
  /** A server known to answer, to tell a dead exchanger from a blocked network. */
  readonly control?: { readonly host: string; readonly port: number };
  /** Settings of this process that weaken its checks, for the record. */
  readonly weakened: readonly string[];
}
