import { openDatagramSocket, type DatagramSocket, type Peer } from "../../wire/udp.ts";
import type { Channel, Flight, FlightListener } from "./flight.ts";
import { matchAnswer, sameQuestion, type Match } from "./match.ts";
import { random16 } from "./query.ts";

// More than this in flight overflows the receive buffer, and ids must stay hard to guess.
const mostFlights = 500;
// Enough to name what was forged; a flood must not cost a search for each datagram.
const mostStrays = 1000;

interface Seat {
  readonly socket: DatagramSocket;
  readonly flights: Map<number, OpenFlight>;
  /** Ids that were used here; an answer to one of them is late, not forged. */
  readonly used: Uint8Array;
  strays: number;
}

interface OpenFlight extends Flight {
  readonly questionEnd: number;
  readonly listener: FlightListener;
  forged: number;
  unreadable: number;
}

/**
 * Connected UDP sockets to one server, opened as they are needed. `late` hears of answers to queries
 * that have ended. spec: RFC 5452 9.
 */
export function createUdpPool(peer: Peer, late: () => void): Channel {
  const seats = new Set<Seat>();
  let closed = false;

  function receive(seat: Seat, bytes: Buffer): void {
    const id = bytes.length >= 2 ? bytes.readUInt16BE(0) : -1;
    const flight = seat.flights.get(id);
    if (flight === undefined) {
      if (id >= 0 && seat.used[id] === 1) late();
      else blame(seat, bytes);
      return;
    }
    const match: Match = matchAnswer(flight.query, flight.questionEnd, bytes);
    if (match === "forged") flight.forged += 1;
    else if (match === "unreadable") flight.unreadable += 1;
    else flight.listener.answer(bytes, match);
  }

  /** Counts a datagram with a foreign id against the query whose question it carries. */
  function blame(seat: Seat, bytes: Buffer): void {
    seat.strays += 1;
    if (seat.strays > mostStrays) return;
    for (const flight of seat.flights.values()) {
      if (!sameQuestion(flight.query, flight.questionEnd, bytes)) continue;
      flight.forged += 1;
      return;
    }
  }

  function takeSeat(): Seat {
    for (const seat of seats) if (seat.flights.size < mostFlights) return seat;
    const flights = new Map<number, OpenFlight>();
    const socket = openDatagramSocket(peer, {
      message: (bytes) => receive(seat, bytes),
      trouble: (trouble, usable) => {
        if (!usable) seats.delete(seat);
        for (const flight of flights.values()) flight.listener.trouble(trouble);
      },
    });
    const seat: Seat = { socket, flights, used: new Uint8Array(65_536), strays: 0 };
    if (closed) socket.close();
    else seats.add(seat);
    return seat;
  }

  return {
    open(build, questionEnd, listener) {
      const seat = takeSeat();
      let id = random16();
      while (seat.flights.has(id)) id = random16();
      const query = build(id);
      const flight: OpenFlight = {
        query,
        questionEnd,
        listener,
        forged: 0,
        unreadable: 0,
        send: () => seat.socket.send(query),
        end: () => seat.flights.delete(id),
      };
      seat.flights.set(id, flight);
      seat.used[id] = 1;
      return flight;
    },
    close() {
      closed = true;
      for (const seat of seats) seat.socket.close();
      seats.clear();
    },
  };
}
