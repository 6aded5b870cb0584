import type { RecordType } from "../../core/dns.ts";
import type { Question } from "./answer.ts";
import { isFinal, questionText, type FinalOutcome, type Outcome } from "./outcome.ts";

/**
 * Returns the outcome at the end of the aliases that lead away from the question's name, asking for
 * each target that a message left open, from the `first` on. The aliases of all messages are counted
 * together; a circle or more than `mostAliases` of them is the failure dns-cname-loop.
 * spec: RFC 1034 3.6.2.
 */
export async function followAliases<T extends RecordType>(
  question: Question<T>,
  first: Outcome<T>,
  mostAliases: number,
  ask: (name: string) => Promise<Outcome<T>>,
): Promise<FinalOutcome<T>> {
  let outcome = first;
  const chain = [...outcome.cnameChain];
  const seen = new Set([question.name, ...chain]);
  const notes = new Set(outcome.notes);
  let { authenticData } = outcome;
  const fail = (what: string): FinalOutcome<T> => {
    const message = `${questionText(question)} leads to ${what}`;
    const problem = { code: "dns-cname-loop", message } as const;
    return { ...outcome, status: "failed", problem, cnameChain: chain, notes: [...notes] };
  };
  for (;;) {
    outcome = await ask(chain.at(-1) ?? question.name);
    const back = outcome.cnameChain.find((alias) => seen.has(alias));
    for (const alias of outcome.cnameChain) {
      chain.push(alias);
      seen.add(alias);
    }
    for (const note of outcome.notes) notes.add(note);
    authenticData &&= outcome.authenticData;
    if (outcome.problem === undefined) {
      if (back !== undefined) return fail(`aliases that lead back to ${back}`);
      if (chain.length > mostAliases) return fail(`more than ${mostAliases} aliases`);
    }
    if (isFinal(outcome))
      return { ...outcome, authenticData, cnameChain: chain, notes: [...notes] };
  }
}
