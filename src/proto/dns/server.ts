import { exchangeFramed, type FramedResult } from "../../wire/framed-tcp.ts";
import type { Peer } from "../../wire/udp.ts";
import { createGate } from "./gate.ts";
import { createUdpPool, type UdpPool } from "./udp-pool.ts";

/** One resolver, and what the run has learnt about it. */
export interface Server {
  /** "192.0.2.53:53" or "[2001:db8::53]:53". */
  readonly label: string;
  readonly udp: UdpPool;
  /** Sends one query over TCP; waiting for a free connection counts against the deadline. */
  tcp(query: Buffer, deadlineMs: number): Promise<FramedResult>;
  /** It refused EDNS and answered without. */
  lacksEdns: boolean;
  /** It rewrites the letters of names. */
  foldsCase: boolean;
  /** Tries in a row that had no answer; a server with some is asked after the others. */
  silentTries: number;
  /** It has answered something in this run. */
  readonly isHeard: boolean;
  /** When to send again if nothing came, in milliseconds from the first sending. */
  resendAfterMs(): number;
  /** It has spoken; without a figure where nobody knows which of two queries it answers. */
  answered(roundTripMs?: number): void;
  close(): void;
}

const firstResendMs = 500;
const leastResendMs = 150;
// unbound and BIND serve few TCP clients at a time (10 and 150 by default).
const mostTcp = 8;

/** Opens nothing yet: sockets come with the first question. */
export function createServer(peer: Peer): Server {
  // An answer that comes when its question has ended still shows that the server lives.
  const udp = createUdpPool(peer, () => server.answered());
  const gate = createGate(mostTcp);
  const closing = new AbortController();
  let smoothedMs: number | undefined;
  const server: Server & { isHeard: boolean } = {
    label: peer.ip.includes(":") ? `[${peer.ip}]:${peer.port}` : `${peer.ip}:${peer.port}`,
    udp,
    async tcp(query, deadlineMs) {
      const endsAt = performance.now() + deadlineMs;
      const release = await gate.enter(deadlineMs);
      if (release === undefined) return { failed: "timeout" };
      try {
        return await exchangeFramed(peer, query, endsAt - performance.now(), closing.signal);
      } finally {
        release();
      }
    },
    lacksEdns: false,
    foldsCase: false,
    silentTries: 0,
    isHeard: false,
    resendAfterMs() {
      if (smoothedMs === undefined) return firstResendMs;
      // In steps: timers of equal length share a list.
      return Math.max(leastResendMs, Math.ceil((3 * smoothedMs) / 50) * 50);
    },
    answered(roundTripMs) {
      server.silentTries = 0;
      server.isHeard = true;
      if (roundTripMs === undefined) return;
      smoothedMs =
        smoothedMs === undefined ? roundTripMs : smoothedMs + (roundTripMs - smoothedMs) / 8;
    },
    close() {
      closing.abort();
      udp.close();
    },
  };
  return server;
}
