import type { FailureCode } from "../../core/failure.ts";
import type { SocketTrouble } from "../../wire/udp.ts";

/** One query on its way; it stays open for late answers until it is ended. */
export interface Flight {
  readonly query: Buffer;
  /** Sends the query; called again, it sends again where messages can be lost. */
  send(): void;
  /** Messages that answered to this query's question or id and were not its answer. */
  readonly forged: number;
  /** Messages with the right id in which no question could be read. */
  readonly unreadable: number;
  end(): void;
}

/** What went wrong on the way; the message of a trouble with a code follows "did not answer: ". */
export interface Trouble extends SocketTrouble {
  readonly code?: FailureCode;
}

export interface FlightListener {
  answer(bytes: Buffer, match: "answer" | "other-case" | "bare-error"): void;
  trouble(trouble: Trouble): void;
}

/** A way to one server, for many queries at a time. */
export interface Channel {
  /**
   * @param build makes the query for the id that it is given
   * @param questionEnd the offset behind the question in the query
   */
  open(build: (id: number) => Buffer, questionEnd: number, listener: FlightListener): Flight;
  close(): void;
}
