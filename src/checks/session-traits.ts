import type { Evidence } from "../core/evidence.ts";
import { known, mapFact, unknown, type Fact } from "../core/fact.ts";
import type { TlsFacts } from "../core/tls-facts.ts";
import { classifyRefusal, isAboutUs } from "../knowledge/refusal.ts";
import type { ObservationOf } from "../probes/kinds.ts";
import { observationsOf } from "./define-check.ts";
import { refusedBecause } from "./refused.ts";

export type Session = ObservationOf<"smtp-hello">;

/** Whether a session has a good quality; "none" where the question does not arise in it. */
export type Trait = Fact<"yes" | "no" | "none">;

/** True for a fact that was switched off, or that cannot exist in this session. */
export function isOff(fact: Fact<unknown>): boolean {
  return (
    !fact.known &&
    (fact.cause.skipped === "not-requested" || fact.cause.skipped === "not-applicable")
  );
}

/** The sessions with the host, without the addresses that were left out on purpose. */
export function sessionsWith(evidence: Evidence, host: string): readonly Session[] {
  return observationsOf(evidence, "smtp-hello").filter(
    ({ data, skipReason, subject }) =>
      subject.host === host &&
      (data !== null || (skipReason !== "not-requested" && skipReason !== "not-applicable")),
  );
}

/** Whether STARTTLS leads to TLS. A filter on the way and a refusal of ourselves do not count. */
export function startsTls({ data, failure, skipReason }: Session): Trait {
  if (data === null) return unknown(skipReason ?? failure ?? "depends-on");
  const { masked, starttls } = data;
  if (isOff(starttls)) return known("none");
  if (!starttls.known) return starttls;
  const { value } = starttls;
  if (value.state === "not-offered") return known(masked.length > 0 ? "none" : "no");
  if (value.state === "refused" && isAboutUs(classifyRefusal(value.reply)))
    return refusedBecause(value.reply, "starttls");
  return known(value.state === "done" ? "yes" : "no");
}

/** Whether the handshake satisfies the predicate; "none" without TLS. */
export function tlsTrait(
  { data, failure, skipReason }: Session,
  predicate: (tls: TlsFacts) => boolean,
): Trait {
  if (data === null) return unknown(skipReason ?? failure ?? "depends-on");
  if (isOff(data.tls)) return known("none");
  return mapFact(data.tls, (tls) => (predicate(tls) ? "yes" : "no"));
}

/** Whether the certificate leads to a trusted root, dates included; "none" without a certificate. */
export function isTrusted(session: Session): Trait {
  return certificateTrait(session, ({ trusted }) => trusted);
}

/** Whether the certificate names the host; "none" without a certificate. */
export function isForHost(session: Session): Trait {
  const { tls } = session.data ?? {};
  if (tls?.known && tls.value.nameMatch === "not-judged") return unknown("budget");
  return certificateTrait(session, ({ nameMatch }) => nameMatch !== "none");
}

function certificateTrait(session: Session, predicate: (tls: TlsFacts) => boolean): Trait {
  const { tls } = session.data ?? {};
  if (tls?.known && tls.value.chain.length === 0) return known("none");
  return tlsTrait(session, predicate);
}
