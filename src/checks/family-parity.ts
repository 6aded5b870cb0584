import type { Evidence } from "../core/evidence.ts";
import { every, some, type Fact, type Unknown } from "../core/fact.ts";
import { ipFamily } from "../core/ip.ts";
import {
  isForHost,
  isTrusted,
  sessionsWith,
  startsTls,
  type Session,
  type Trait,
} from "./session-traits.ts";

/** What is compared, and how a difference reads: "STARTTLS works over IPv4 only". */
const compared: readonly (readonly [quality: string, traitOf: (session: Session) => Trait])[] = [
  ["STARTTLS works", startsTls],
  ["the certificate is trusted", isTrusted],
  ["the certificate names the host", isForHost],
];

export interface FamilyParity {
  /** Sessions over either family; empty where only one was visited. */
  readonly sessions: readonly Session[];
  /** What holds at every address of one family and at none of the other. */
  readonly differences: readonly string[];
  /** What could not be compared, with the session behind it. */
  readonly open: readonly { readonly cause: Unknown; readonly session: Session }[];
}

/**
 * Compares how the host encrypts over IPv4 and over IPv6. A difference counts when all addresses of
 * one family agree against all of the other: one bad address among several is no matter of families.
 */
export function familyParity(evidence: Evidence, host: string): FamilyParity {
  const sessions = sessionsWith(evidence, host);
  const over = (family: 4 | 6): readonly Session[] =>
    sessions.filter(({ subject }) => ipFamily(subject.ip ?? "") === family);
  const [v4, v6] = [over(4), over(6)];
  if (v4.length === 0 || v6.length === 0) return { sessions: [], differences: [], open: [] };
  const differences: string[] = [];
  const open: FamilyParity["open"][number][] = [];
  for (const [quality, traitOf] of compared) {
    const only4 = holdsOnlyIn(v4.map(traitOf), v6.map(traitOf));
    const only6 = holdsOnlyIn(v6.map(traitOf), v4.map(traitOf));
    if (only4.known && only4.value) differences.push(`${quality} over IPv4 only`);
    if (only6.known && only6.value) differences.push(`${quality} over IPv6 only`);
    if (some([only4, only6], Boolean).known) continue;
    for (const session of sessions) {
      const trait = traitOf(session);
      if (!trait.known) open.push({ cause: trait, session });
    }
  }
  return { sessions, differences, open };
}

function holdsOnlyIn(here: readonly Trait[], there: readonly Trait[]): Fact<boolean> {
  const all = every(here, (value) => value === "yes");
  const none = every(there, (value) => value === "no");
  return every([all, none], Boolean);
}
