import type { Evidence } from "../core/evidence.ts";
import { unknown, type Unknown } from "../core/fact.ts";
import {
  failure,
  failureTitle,
  type Failure,
  type FailureCode,
  type Reply,
} from "../core/failure.ts";
import { ipFamily } from "../core/ip.ts";
import type { ObservationOf } from "../probes/kinds.ts";
import { portReach } from "./reach.ts";

/** What is known of one address as a mail server. */
export type AddressState =
  | { readonly kind: "alive" }
  | { readonly kind: "dead"; readonly why: string; readonly heard?: string }
  | { readonly kind: "unknown"; readonly because: Unknown }
  /** Not visited on purpose: switched off, or no address to visit. */
  | { readonly kind: "left-out" };

/** Failures to connect that say of the address itself that no mail server is there. */
const dead: ReadonlySet<FailureCode> = new Set(["connect-refused"]);

/** Failures that speak for the address only when port 25 is known to be open from here. */
const deadIfOpen: ReadonlySet<FailureCode> = new Set(["connect-timeout", "connect-unreachable"]);

const protocols: Readonly<Record<string, string>> = {
  tls: "TLS from the first byte",
  smtp: "plain SMTP",
  http: "HTTP",
  ssh: "SSH",
  imap: "IMAP",
  pop3: "POP3",
  ftp: "FTP",
};

/** Judges from a session how the address behaves as a mail server. */
export function addressState(
  { data, subject, skipReason, failure: failed }: ObservationOf<"smtp-hello">,
  evidence: Evidence,
): AddressState {
  if (data === null) {
    if (skipReason === "not-requested" || skipReason === "not-applicable")
      return { kind: "left-out" };
    return { kind: "unknown", because: unknown(skipReason ?? failed ?? "depends-on") };
  }
  const { connected, greeting, heard } = data;
  if (!connected.known) {
    const code = connected.cause.failure?.code;
    const family = ipFamily(subject.ip ?? "") === 6 ? 6 : 4;
    if (code !== undefined && isDead(code, () => portReach(evidence, family) === "open"))
      return { kind: "dead", why: failureTitle[code] };
    return { kind: "unknown", because: connected };
  }
  if (!greeting.known) {
    const code = greeting.cause.failure?.code;
    if (code === "wrong-protocol")
      return {
        kind: "dead",
        why: failureTitle[code],
        heard: protocols[heard ?? ""] ?? "another protocol",
      };
    // Hanging up without a word is also how servers and filters treat clients that they do not want.
    return { kind: "unknown", because: greeting };
  }
  const { code } = greeting.value;
  if (code >= 200 && code < 300) return { kind: "alive" };
  return { kind: "unknown", because: unknown(failed ?? refusal(greeting.value)) };
}

/** A greeting that sends this client away, for now (4xx) or for good (5xx). */
function refusal(reply: Reply): Failure {
  const permanent = reply.code >= 500;
  return failure("greeting", permanent ? "refused" : "rate-limited", undefined, {
    reply,
    permanent,
  });
}

function isDead(code: FailureCode, isOpen: () => boolean): boolean {
  return dead.has(code) || (deadIfOpen.has(code) && isOpen());
}
