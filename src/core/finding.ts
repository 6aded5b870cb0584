import type { Cause } from "./fact.ts";
import type { Subject } from "./observation.ts";

/** note: worth knowing; warning: works today, fails for some peers or soon; error: mail is lost, exposed or relayed now. */
export const severities = ["note", "warning", "error"] as const;
export type Severity = (typeof severities)[number];

export type Verdict = "pass" | "problem" | "inconclusive" | "not-applicable";

/** A DNS record to publish, ready to paste into a zone file. */
export interface ZoneRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** Values that fill the placeholders of a message. */
export type MessageData = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** What a check says of one subject. */
export interface Finding {
  /** room/noun, for example "tls/certificate-expired". */
  readonly checkId: string;
  readonly verdict: Verdict;
  /** Id of the message inside the check; problems only. */
  readonly message?: string;
  /** Problems only. */
  readonly severity?: Severity;
  readonly subject: Subject;
  readonly data: MessageData;
  /** Ids of the observations behind it. */
  readonly cites: readonly string[];
  /** Inconclusive, or not-applicable because of a problem elsewhere: the root cause, and where it was seen. */
  readonly because?: { readonly observation: string; readonly cause: Cause };
  /** Inconclusive only: the worst that the check could have found. */
  readonly atStake?: Severity;
  /** Stable over runs: made of check, message, target, host name and port; no address, text or time. */
  readonly fingerprint: string;
  /** One sentence; empty for a pass. */
  readonly text: string;
  /** What to do; empty when nothing is to be done. */
  readonly fix: string;
  /** The records to publish, where the fix is a DNS change. */
  readonly records?: readonly ZoneRecord[];
}
