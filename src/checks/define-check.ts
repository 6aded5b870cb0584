import type { Check, Judgement, Message } from "../core/check.ts";
import type { Evidence } from "../core/evidence.ts";
import { isFact } from "../core/observation.ts";
import { unknown, type Fact, type Unknown } from "../core/fact.ts";
import type { MessageData, ZoneRecord } from "../core/finding.ts";
import type { Subject } from "../core/observation.ts";
import type { Kind, KindMap, ObservationOf } from "../probes/kinds.ts";

/** The names of the facts in the data of a kind. */
type FactName<K extends Kind> = {
  [P in keyof KindMap[K]]-?: KindMap[K][P] extends Fact<unknown> ? P : never;
}[keyof KindMap[K]] &
  string;

type Values<K extends Kind, F extends FactName<K>> = {
  readonly [P in F]: KindMap[K][P] extends Fact<infer V> ? V : never;
};

/** What a check is given for one subject. */
export interface View<K extends Kind, F extends FactName<K>> {
  /** The values of the facts that the check asked for; all known. */
  readonly facts: Values<K, F>;
  readonly data: KindMap[K];
  readonly observation: ObservationOf<K>;
  readonly subject: Subject;
  readonly evidence: Evidence;
  readonly now: Date;
}

interface Definition<K extends Kind, F extends FactName<K>, M extends string> extends Omit<
  Check,
  "over" | "facts" | "reads" | "messages" | "run"
> {
  readonly over: K;
  readonly facts: readonly F[];
  readonly reads?: readonly Kind[];
  readonly messages: Readonly<Record<M, Message>>;
  readonly run: (view: View<K, F>) => JudgementOf<M> | readonly JudgementOf<M>[];
}

type JudgementOf<M extends string> = Judgement & { readonly message?: M };

/**
 * Types a check: `facts` decides which values `run` receives, `messages` which problems it may name.
 * `run` is called only when the observation has data and every named fact is known.
 */
export function defineCheck<K extends Kind, const F extends FactName<K>, const M extends string>(
  definition: Definition<K, F, M>,
): Check {
  return {
    ...definition,
    reads: definition.reads ?? [],
    run(observation, evidence, now) {
      const data = observation.data as unknown as KindMap[K];
      const entries = definition.facts.map((name) => {
        const fact = data[name];
        if (!isFact(fact) || !fact.known) throw new Error(`${definition.id}: ${name} is not known`);
        return [name, fact.value] as const;
      });
      const result = definition.run({
        facts: Object.fromEntries(entries) as Values<K, F>,
        data,
        observation: observation as unknown as ObservationOf<K>,
        subject: observation.subject,
        evidence,
        now,
      });
      return Array.isArray(result) ? result : [result as Judgement];
    },
  };
}

type Where = Pick<Judgement, "subject" | "cites">;

export function pass(where: Where = {}): Judgement & { readonly message?: never } {
  return { verdict: "pass", ...where };
}

export function notApplicable(where: Where = {}): Judgement & { readonly message?: never } {
  return { verdict: "not-applicable", ...where };
}

/** A problem with the check's message id and the values of its placeholders. */
export function problem<const M extends string>(
  message: M,
  data: MessageData = {},
  where: Where & { readonly records?: readonly ZoneRecord[] } = {},
): Judgement & { readonly message: M } {
  return { verdict: "problem", message, data, ...where };
}

/** The check cannot tell because this fact, found in that observation, is unknown. */
export function cannotTell(
  because: Fact<unknown>,
  observation?: { readonly id: string },
  where: Where = {},
): Judgement & { readonly message?: never } {
  const cause: Unknown = because.known ? unknown("not-applicable") : because;
  const seen = observation === undefined ? {} : { observation: observation.id };
  return { verdict: "inconclusive", because: cause, ...seen, ...where };
}

/** Observations of a kind, typed, from the evidence. */
export function observationsOf<K extends Kind>(
  evidence: Evidence,
  kind: K,
): readonly ObservationOf<K>[] {
  return evidence.all(kind) as unknown as readonly ObservationOf<K>[];
}
