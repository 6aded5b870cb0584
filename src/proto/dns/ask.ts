import type { Limits } from "../../core/context.ts";
import { recordTypes, type RecordType } from "../../core/dns.ts";
import { count } from "../../core/text.ts";
import type { SocketTrouble } from "../../wire/udp.ts";
import type { Question } from "./answer.ts";
import { createInbox } from "./inbox.ts";
import type { Match } from "./match.ts";
import { better, failedOutcome, type Outcome } from "./outcome.ts";
import { encodeQuery, type QueryForm } from "./query.ts";
import { readDatagram, type Consequence } from "./read-datagram.ts";
import type { Server } from "./server.ts";
import { problemOfSilence } from "./silence.ts";
import type { Flight } from "./udp-pool.ts";

/** What a question needs to know besides itself. */
export interface AskContext {
  readonly servers: readonly Server[];
  readonly limits: Limits;
  /** Questions under way, each as the function that ends it at once. */
  readonly running: Set<() => void>;
}

/** How far this question has come with one server. */
interface Talk {
  readonly server: Server;
  sent: Sent | undefined;
  trouble: SocketTrouble | undefined;
  /** It gave an error or could not be reached twice: it is not asked again. */
  finished: boolean;
}

/** A query on its way, and how it was put. */
interface Sent {
  readonly form: Omit<QueryForm, "id">;
  readonly firstSentAt: number;
  readonly flight: Flight;
}

type Event =
  | {
      readonly talk: Talk;
      readonly sent: Sent;
      readonly bytes: Buffer;
      readonly match: Match;
      readonly trouble?: undefined;
    }
  | { readonly talk: Talk; readonly sent: Sent; readonly trouble: SocketTrouble }
  | "cancelled";

const rounds = 2;

/**
 * Puts one question to the servers in turn, each at most twice, and returns the best that came: a
 * fact about the zone before an error, an error before silence. An earlier server's late answer
 * still counts. Never rejects for what the network does.
 */
export async function askServers<T extends RecordType>(
  question: Question<T>,
  name: Uint8Array,
  { servers, limits, running }: AskContext,
): Promise<Outcome<T>> {
  const inbox = createInbox<Event>();
  const talks = servers.map((server): Talk => ({
    server,
    sent: undefined,
    trouble: undefined,
    finished: false,
  }));
  const errors: string[] = [];
  const questionEnd = 12 + name.length + 4;
  const startedAt = performance.now();
  const endsAt = startedAt + limits.dnsQueryMs;
  let forged = 0;
  let unreadable = 0;
  let best: Outcome<T> | undefined;

  function launch(talk: Talk, form: Sent["form"]): void {
    land(talk);
    const flight = talk.server.udp.open(
      (id) => encodeQuery(name, recordTypes[question.type], { id, ...form }),
      questionEnd,
      {
        answer: (bytes, match) => inbox.push({ talk, sent, bytes, match }),
        trouble: (trouble) => inbox.push({ talk, sent, trouble }),
      },
    );
    const sent = { form, firstSentAt: performance.now(), flight };
    talk.sent = sent;
    flight.send();
  }

  function land(talk: Talk): void {
    if (talk.sent === undefined) return;
    const { flight } = talk.sent;
    flight.end();
    forged += flight.forged;
    unreadable += flight.unreadable;
    talk.sent = undefined;
  }

  /** Takes in what arrived: an outcome, or nothing new. */
  function take(
    event: Exclude<Event, string>,
  ): Consequence<T> | Promise<Consequence<T>> | undefined {
    const { talk, sent } = event;
    const { server } = talk;
    if (talk.sent !== sent || talk.finished) return undefined;
    if (event.trouble !== undefined) {
      // A refusal may be the echo of a server that just restarts: it has its second try.
      talk.finished = talk.trouble !== undefined;
      talk.trouble = event.trouble;
      return undefined;
    }
    const now = performance.now();
    server.answered(now - sent.firstSentAt);
    const { form, flight } = sent;
    const leftMs = endsAt - now;
    const answered = { question, query: flight.query, questionEnd, form, server, limits, leftMs };
    return readDatagram(event.bytes, event.match, answered);
  }

  /** One try at one server: a fact, or undefined when the next one is to be asked. */
  async function attempt(current: Talk): Promise<Outcome<T> | "cancelled" | undefined> {
    const { server } = current;
    const now = performance.now();
    const again = current.sent !== undefined;
    if (current.sent !== undefined) current.sent.flight.send();
    else launch(current, { edns: !server.lacksEdns, mixedCase: !server.foldsCase });
    let tryEndsAt = Math.min(now + limits.dnsTryMs, endsAt);
    let resendAt = again ? Infinity : now + server.resendAfterMs();
    for (;;) {
      const event = await inbox.next(Math.min(tryEndsAt, resendAt) - performance.now());
      if (event === "cancelled") return event;
      if (event === undefined) {
        if (performance.now() >= tryEndsAt) return undefined;
        if (performance.now() < resendAt) continue;
        current.sent?.flight.send();
        resendAt = Infinity;
        continue;
      }
      const { talk } = event;
      const taken = take(event);
      const consequence = taken instanceof Promise ? await taken : taken;
      if (consequence?.again !== undefined) {
        launch(talk, { ...event.sent.form, ...consequence.again });
        tryEndsAt = Math.min(performance.now() + limits.dnsTryMs, endsAt);
      } else if (consequence !== undefined) {
        const { outcome } = consequence;
        if (outcome.problem === undefined) return outcome;
        talk.finished = true;
        errors.push(outcome.problem.message);
        best = better(best, outcome);
      }
      if (current.finished || (event.trouble !== undefined && talk === current)) return undefined;
    }
  }

  async function askInTurn(): Promise<Outcome<T>> {
    // Servers that were silent lately come last; the given order holds otherwise.
    if (talks.length > 1) talks.sort((a, b) => a.server.silentTries - b.server.silentTries);
    for (let round = 0; round < rounds; round += 1) {
      for (const talk of talks) {
        if (talk.finished) continue;
        if (performance.now() >= endsAt) break;
        const result = await attempt(talk);
        if (result === "cancelled")
          return failedOutcome({ code: "aborted", message: "interrupted" });
        if (result !== undefined) return result;
        if (!talk.finished) talk.server.silentTries += 1;
      }
    }
    if (best !== undefined) return best;
    for (const talk of talks) land(talk);
    const silence = {
      servers: servers.map((server) => server.label),
      waitedMs: performance.now() - startedAt,
      troubles: talks.flatMap(({ trouble }) => trouble ?? []),
      unreadable,
    };
    return failedOutcome(problemOfSilence(question, silence));
  }

  const cancel = (): void => inbox.push("cancelled");
  running.add(cancel);
  const outcome = await askInTurn();
  running.delete(cancel);
  for (const talk of talks) land(talk);

  const ignored = forged + unreadable;
  const others = errors.filter((message) => message !== outcome.problem?.message);
  if (ignored === 0 && others.length === 0) return outcome;
  if (ignored === 1) others.push("ignored a forged answer");
  if (ignored > 1) others.push(`ignored ${count(ignored, "forged answer")}`);
  return { ...outcome, notes: [...others, ...outcome.notes] };
}
