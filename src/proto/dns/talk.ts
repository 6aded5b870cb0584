import { recordTypes, type RecordType } from "../../core/dns.ts";
import type { Question } from "./answer.ts";
import type { Flight, Trouble } from "./flight.ts";
import type { Inbox } from "./inbox.ts";
import type { Match } from "./match.ts";
import { encodeQuery, type QueryForm } from "./query.ts";
import type { Server } from "./server.ts";

/** How far one question has come with one server. */
export interface Talk {
  readonly server: Server;
  sent: Sent | undefined;
  trouble: Trouble | undefined;
  /** It gave an error or could not be reached twice: it is not asked again. */
  finished: boolean;
}

/** A query on its way, and how it was put. */
export interface Sent {
  readonly form: QueryForm;
  readonly sentAt: number;
  /** It was sent again, so an answer does not tell how long one takes. */
  repeated: boolean;
  readonly flight: Flight;
}

/** What happens to a question under way. */
export type AskEvent =
  | {
      readonly talk: Talk;
      readonly sent: Sent;
      readonly bytes: Buffer;
      readonly match: Match;
      readonly trouble?: undefined;
    }
  | { readonly talk: Talk; readonly sent: Sent; readonly trouble: Trouble }
  | "cancelled";

/** A question as it is put to servers, and what was heard beside its answers. */
export interface Wording<T extends RecordType> {
  readonly question: Question<T>;
  /** The name on the wire. */
  readonly name: Uint8Array;
  readonly inbox: Inbox<AskEvent>;
  forged: number;
  unreadable: number;
}

/** Puts the question to the talk's server; the query before this one is given up. */
export function launch<T extends RecordType>(
  wording: Wording<T>,
  talk: Talk,
  form: Sent["form"],
  now: number,
): void {
  land(wording, talk);
  const { name, question, inbox } = wording;
  const flight = talk.server.channel.open(
    (id) => encodeQuery(id, name, recordTypes[question.type], form),
    questionEnd(wording),
    {
      answer: (bytes, match) => inbox.push({ talk, sent, bytes, match }),
      trouble: (trouble) => inbox.push({ talk, sent, trouble }),
    },
  );
  const sent: Sent = { form, sentAt: now, repeated: false, flight };
  talk.sent = sent;
  flight.send();
}

/** Sends the talk's query once more, as it was. */
export function repeat({ sent }: Talk): void {
  if (sent === undefined) return;
  sent.repeated = true;
  sent.flight.send();
}

/** Ends the talk's query and counts what was ignored for it. */
export function land(wording: Wording<RecordType>, talk: Talk): void {
  if (talk.sent === undefined) return;
  const { flight } = talk.sent;
  flight.end();
  wording.forged += flight.forged;
  wording.unreadable += flight.unreadable;
  talk.sent = undefined;
}

/** The offset behind the question in every query for it. */
export function questionEnd({ name }: Pick<Wording<RecordType>, "name">): number {
  return 12 + name.length + 4;
}
