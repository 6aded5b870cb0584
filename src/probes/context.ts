import type { Clock, Identity, Limits } from "../core/context.ts";
import type { Resolver } from "../core/dns.ts";
import type { AddressScope } from "../knowledge/special-purpose.ts";
import type { Dial } from "../wire/dial.ts";
import type { Slots } from "../wire/slots.ts";
import type { TrustStore } from "../wire/tls.ts";
import type { Kind, ObservationOf } from "./kinds.ts";

/** The only thing handed down to a probe. A probe takes `(subject, ctx)` and nothing else. */
export interface ExamContext {
  /** Aborts at the target's deadline or when the user interrupts; `reason` is "deadline" or "aborted". */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly slots: Slots;
  readonly dial: Dial;
  readonly resolver: Resolver;
  readonly identity: Identity;
  readonly trust: TrustStore;
  /** The name of the block an address belongs to; "public" also for what `--treat-as-public` adds. */
  readonly scopeOf: AddressScope;
  /** Whether a host that discovery supplied may be dialled at this address. */
  readonly mayDial: (ip: string) => boolean;
  readonly ask: Ask;
  record<K extends Kind>(observation: ObservationOf<K>): ObservationOf<K>;
  progress(event: ProgressEvent): void;
}

/** What the user switched on or off. */
export interface Ask {
  readonly passive: boolean;
  readonly envelope: boolean;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  /** Up to two more sessions with each address, for what one polite session cannot ask. */
  readonly deep: boolean;
  /** In one of them, whether a command slipped in before TLS is obeyed. */
  readonly testInjection: boolean;
}

/** What is being waited for, for the progress line. */
export interface ProgressEvent {
  readonly text: string;
}
