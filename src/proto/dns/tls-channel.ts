import { formatMs } from "../../wire/deadline.ts";
import { openFramedTls, type FramedStream } from "../../wire/framed-tls.ts";
import type { TrustedPeer, TrustedTrouble } from "../../wire/trusted-tls.ts";
import type { Channel, Flight, FlightListener } from "./flight.ts";
import { matchAnswer } from "./match.ts";
import { random16 } from "./query.ts";

/** A connection, and whether it has carried an answer. */
interface Line {
  readonly stream: FramedStream;
  isProven: boolean;
  /** Runs while something is awaited on this line. */
  silence: NodeJS.Timeout | undefined;
}

interface OpenFlight extends Flight {
  readonly questionEnd: number;
  readonly listener: FlightListener;
  /** The line that carries it; none before it is sent and after its line ended. */
  line: Line | undefined;
  /** It has changed lines once because a server closed one that was in use. */
  hasMoved: boolean;
}

/**
 * One TLS connection to a server, opened when needed, that carries all queries at once. A connection
 * on which nothing comes for `silenceMs` is given up. `late` hears of answers to queries that have
 * ended. spec: RFC 7858 3, RFC 7766 6.2.
 */
export function createTlsChannel(peer: TrustedPeer, silenceMs: number, late: () => void): Channel {
  const flights = new Map<number, OpenFlight>();
  /** Ids that were used; an answer to one of them is late, not strange. */
  const used = new Uint8Array(65_536);
  let current: Line | undefined;
  let isClosed = false;

  const carriedBy = (line: Line): readonly OpenFlight[] =>
    [...flights.values()].filter((flight) => flight.line === line);

  function watch(line: Line): void {
    line.silence ??= setTimeout(() => {
      const message = `nothing came over TLS within ${formatMs(silenceMs)}`;
      giveUp(line, { code: "dns-timeout", message });
    }, silenceMs);
  }

  function rest(line: Line): void {
    clearTimeout(line.silence);
    line.silence = undefined;
  }

  function giveUp(line: Line, trouble: TrustedTrouble): void {
    line.stream.close();
    drop(line, trouble);
  }

  function drop(line: Line, trouble: TrustedTrouble): void {
    rest(line);
    if (current === line) current = undefined;
    for (const flight of carriedBy(line)) {
      flight.line = undefined;
      // Servers close connections that were idle, perhaps just when a query is on its way.
      const again = line.isProven && !flight.hasMoved && isEnding(trouble);
      flight.hasMoved ||= again;
      if (again) flight.send();
      else flight.listener.trouble(trouble);
    }
  }

  function receive(line: Line, bytes: Buffer): void {
    const id = bytes.length < 2 ? -1 : bytes.readUInt16BE(0);
    const flight = flights.get(id);
    if (flight?.line === line) {
      const match = matchAnswer(flight.query, flight.questionEnd, bytes);
      if (match === "forged" || match === "unreadable") return giveUp(line, strange);
      rest(line);
      flight.line = undefined;
      line.isProven = true;
      flight.listener.answer(bytes, match);
      if (carriedBy(line).length > 0) watch(line);
    } else if (id >= 0 && used[id] === 1) late();
    else giveUp(line, strange);
  }

  function connect(): Line {
    const stream = openFramedTls(peer, silenceMs, {
      message: (bytes) => receive(line, bytes),
      ended: (trouble) => drop(line, trouble),
    });
    const line: Line = { stream, isProven: false, silence: undefined };
    return line;
  }

  return {
    open(build, questionEnd, listener) {
      let id = random16();
      while (flights.has(id)) id = random16();
      const flight: OpenFlight = {
        query: build(id),
        questionEnd,
        listener,
        forged: 0,
        unreadable: 0,
        line: undefined,
        hasMoved: false,
        send() {
          // Nothing is lost on a connection: what is under way is not sent again.
          if (isClosed || flight.line !== undefined) return;
          current ??= connect();
          flight.line = current;
          current.stream.send(flight.query);
          watch(current);
        },
        end() {
          flights.delete(id);
          const { line } = flight;
          flight.line = undefined;
          if (line !== undefined && carriedBy(line).length === 0) rest(line);
        },
      };
      flights.set(id, flight);
      used[id] = 1;
      return flight;
    },
    close() {
      isClosed = true;
      if (current === undefined) return;
      rest(current);
      current.stream.close();
      current = undefined;
    },
  };
}

const strange: TrustedTrouble = {
  code: "dns-malformed",
  message: "it sent what is no answer to the question",
};

function isEnding({ code }: TrustedTrouble): boolean {
  return code === "closed-early" || code === "connect-reset";
}
