import type { Limits } from "../../core/context.ts";
import type { RecordType } from "../../core/dns.ts";
import { count } from "../../core/text.ts";
import type { Question } from "./answer.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { better, failedOutcome, questionText, resolverClosed, type Outcome } from "./outcome.ts";
import { readDatagram, type Consequence } from "./read-datagram.ts";
import type { Server } from "./server.ts";
import { problemOfSilence } from "./silence.ts";
import {
  land,
  launch,
  questionEnd,
  repeat,
  type AskEvent,
  type Talk,
  type Wording,
} from "./talk.ts";

/** What a question needs to know besides itself. */
export interface AskContext {
  readonly servers: readonly Server[];
  readonly limits: Limits;
  /** Questions under way; "cancelled" ends one at once. */
  readonly running: Set<Inbox<AskEvent>>;
}

/** A question under way. */
interface Asking<T extends RecordType> extends Wording<T> {
  readonly talks: readonly Talk[];
  readonly limits: Limits;
  readonly startedAt: number;
  readonly endsAt: number;
  /** What the servers said that gave errors. */
  readonly errors: string[];
  best: Outcome<T> | undefined;
}

const rounds = 2;

/**
 * Puts one question to the servers in turn, each at most twice and with one repetition each time,
 * and returns the best that came: a fact about the zone before an error, an error before silence. An
 * earlier server's late answer still counts. Never rejects for what the network does.
 */
export async function askServers<T extends RecordType>(
  question: Question<T>,
  name: Uint8Array,
  { servers, limits, running }: AskContext,
): Promise<Outcome<T>> {
  const startedAt = performance.now();
  const asking: Asking<T> = {
    question,
    name,
    inbox: createInbox(),
    forged: 0,
    unreadable: 0,
    talks: inOrder(servers).map(newTalk),
    limits,
    startedAt,
    endsAt: startedAt + limits.dnsQueryMs,
    errors: [],
    best: undefined,
  };
  running.add(asking.inbox);
  const outcome = await askInTurn(asking);
  running.delete(asking.inbox);
  for (const talk of asking.talks) land(asking, talk);
  return withNotes(outcome, asking);
}

/** Servers that were silent lately come last; the given order holds otherwise. */
function inOrder(servers: readonly Server[]): readonly Server[] {
  return servers.length === 1 ? servers : servers.toSorted((a, b) => a.silentTries - b.silentTries);
}

function newTalk(server: Server): Talk {
  return { server, sent: undefined, trouble: undefined, finished: false };
}

async function askInTurn<T extends RecordType>(asking: Asking<T>): Promise<Outcome<T>> {
  const { talks, startedAt, endsAt, question } = asking;
  for (let round = 0; round < rounds; round += 1) {
    for (const talk of talks) {
      if (talk.finished) continue;
      if (performance.now() >= endsAt) break;
      const others = talks.length > 1 && talks.some((other) => other !== talk && !other.finished);
      const result = await attempt(asking, talk, round === 0 && others && !isProven(talk.server));
      if (result === "cancelled") return failedOutcome(resolverClosed);
      if (result !== undefined) return result;
      if (!talk.finished) talk.server.silentTries += 1;
    }
  }
  if (asking.best !== undefined) return asking.best;
  for (const talk of talks) land(asking, talk);
  const silent = talks.filter(({ trouble }) => trouble?.code === undefined);
  const silence = {
    servers: silent.map(({ server }) => server.label),
    waitedMs: performance.now() - startedAt,
    troubles: silent.flatMap(({ trouble }) => trouble ?? []),
    unreadable: asking.unreadable,
  };
  const named = silent.length === 0 ? talks.at(-1) : undefined;
  const message = named && troubleSentence(question, named);
  return failedOutcome(
    named?.trouble?.code === undefined || message === undefined
      ? problemOfSilence(question, silence)
      : { ...named.trouble, code: named.trouble.code, message },
  );
}

/** What the server's trouble means for the question, where the transport knows. */
function troubleSentence(question: Question, { server, trouble }: Talk): string | undefined {
  if (trouble?.code === undefined) return undefined;
  return `the resolver ${server.label} did not answer ${questionText(question)}: ${trouble.message}`;
}

/** Whether the server was heard in this run, and not silent since. */
function isProven({ silentTries, isHeard }: Server): boolean {
  return isHeard && silentTries === 0;
}

/**
 * One try at one server: a fact, or undefined when the next one is to be asked. A brief try ends
 * where another would send again: a server that never spoke may be dead, and must not hold up a
 * question that the next one can answer.
 */
async function attempt<T extends RecordType>(
  asking: Asking<T>,
  current: Talk,
  brief: boolean,
): Promise<Outcome<T> | "cancelled" | undefined> {
  const { inbox, endsAt } = asking;
  const { server } = current;
  let now = performance.now();
  let resendAt = now + server.resendAfterMs();
  let tryEndsAt = Math.min(now + server.tryMs, endsAt, brief ? resendAt : Infinity);
  if (current.sent === undefined)
    launch(
      asking,
      current,
      { edns: !server.lacksEdns, mixedCase: server.transport === "udp" && !server.foldsCase },
      now,
    );
  else repeat(current);
  for (;;) {
    const event = await inbox.next(Math.min(tryEndsAt, resendAt) - now);
    if (event === "cancelled") return event;
    now = performance.now();
    if (event === undefined) {
      if (now >= tryEndsAt) return undefined;
      if (now < resendAt) continue;
      repeat(current);
      resendAt = Infinity;
      continue;
    }
    const taken = take(asking, event, now);
    const consequence = taken instanceof Promise ? await taken : taken;
    if (taken instanceof Promise) now = performance.now();
    if (consequence?.again !== undefined) {
      launch(asking, event.talk, { ...event.sent.form, ...consequence.again }, now);
      tryEndsAt = Math.min(now + server.tryMs, endsAt);
    } else if (consequence !== undefined) {
      const { outcome } = consequence;
      if (outcome.problem === undefined) return outcome;
      event.talk.finished = true;
      asking.errors.push(outcome.problem.message);
      asking.best = better(asking.best, outcome);
    }
    if (current.finished || (event.trouble !== undefined && event.talk === current))
      return undefined;
  }
}

/** Takes in what arrived: what follows from it, or nothing new. */
function take<T extends RecordType>(
  asking: Asking<T>,
  event: Exclude<AskEvent, string>,
  now: number,
): Consequence<T> | Promise<Consequence<T>> | undefined {
  const { talk, sent } = event;
  if (talk.sent !== sent || talk.finished) return undefined;
  if (event.trouble !== undefined) {
    // A refusal may be the echo of a server that just restarts: it has its second try.
    talk.finished = talk.trouble !== undefined;
    talk.trouble = event.trouble;
    const sentence = troubleSentence(asking.question, talk);
    if (sentence !== undefined && !asking.errors.includes(sentence)) asking.errors.push(sentence);
    return undefined;
  }
  const { server } = talk;
  server.answered(sent.repeated ? undefined : now - sent.sentAt);
  return readDatagram(event.bytes, event.match, {
    question: asking.question,
    query: sent.flight.query,
    questionEnd: questionEnd(asking),
    form: sent.form,
    server,
    limits: asking.limits,
    leftMs: asking.endsAt - now,
  });
}

/** The outcome with what else was heard: errors of other servers, and answers that were none. */
function withNotes<T extends RecordType>(outcome: Outcome<T>, asking: Asking<T>): Outcome<T> {
  const ignored = asking.forged + asking.unreadable;
  const others = asking.errors.filter((message) => message !== outcome.problem?.message);
  if (ignored === 0 && others.length === 0) return outcome;
  if (ignored === 1) others.push("ignored a forged answer");
  if (ignored > 1) others.push(`ignored ${count(ignored, "forged answer")}`);
  return { ...outcome, notes: [...others, ...outcome.notes] };
}
