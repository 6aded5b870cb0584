import type { Unknown } from "./fact.ts";
import type { MessageData, Severity, ZoneRecord } from "./finding.ts";
import type { Evidence } from "./evidence.ts";
import type { Observation, Subject } from "./observation.ts";

/** A claim about a protocol: the document and section, and how strongly it speaks. */
export interface Spec {
  /** "RFC 5321 5.1" */
  readonly ref: string;
  readonly level: "must" | "should" | "advice";
}

/** One way in which a check can fail. */
export interface Message {
  readonly severity: Severity;
  /** One sentence with `{placeholders}`: subject, what was seen, what was expected. */
  readonly text: string;
  /** What to do and where, imperative. */
  readonly fix: string;
  /**
   * What follows "but" in the verdict sentence, for all servers or names concerned:
   * "{who} would hand it over unencrypted". `{who}` becomes "mx1.example.com" or "two of three
   * servers"; `{who:offers|offer}` agrees with it; other placeholders come from the first finding.
   */
  readonly clause: string;
  /** True when mail to the domain is lost because of it; changes the verdict's main clause. */
  readonly undeliverable?: true;
}

export interface Explain {
  /** What is looked at. */
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** What the check cannot see. */
  readonly blind: string;
  /** The healthy or unknowable case that looks like this problem, and why it raises no alarm. */
  readonly falseAlarm: string;
}

/** What a check answers for one subject. */
export type Judgement = (
  | { readonly verdict: "pass" | "not-applicable" }
  | {
      readonly verdict: "problem";
      readonly message: string;
      readonly data: MessageData;
      readonly records?: readonly ZoneRecord[];
    }
  | { readonly verdict: "inconclusive"; readonly because: Unknown; readonly observation?: string }
) & {
  /** Where it differs from the subject of the observation judged. */
  readonly subject?: Subject;
  /** Observation ids cited beside the one judged. */
  readonly cites?: readonly string[];
};

/**
 * A pure judgement over the observations of one kind. The judge runs it once for each observation
 * of the kind `over`. When one of `facts` is unknown there, the judge writes inconclusive with its
 * root cause (or not-applicable, where the user switched it off) and does not call `run`.
 */
export interface Check {
  /** room/noun in the failing state; also its file name. */
  readonly id: string;
  readonly title: string;
  /** The kind of observation whose subjects it judges. */
  readonly over: string;
  /** Facts of that kind's data that must be known. */
  readonly facts: readonly string[];
  /**
   * True for a check about failing itself (unreachable, STARTTLS broken). Where it finds a problem,
   * what the failure kept others from seeing is not in doubt but beside the point.
   */
  readonly judgesFailures?: true;
  /** Other kinds that it consults through the evidence. */
  readonly reads: readonly string[];
  readonly specs: readonly Spec[];
  readonly tags: readonly string[];
  readonly messages: Readonly<Record<string, Message>>;
  readonly explain: Explain;
  run(observation: Observation, evidence: Evidence, now: Date): readonly Judgement[];
}
