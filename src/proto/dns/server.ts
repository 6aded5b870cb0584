import { exchangeFramed, type FramedResult } from "../../wire/framed-tcp.ts";
import type { Limits } from "../../core/context.ts";
import type { TrustStore } from "../../wire/tls.ts";
import type { Peer } from "../../wire/udp.ts";
import type { Channel } from "./flight.ts";
import { createGate } from "./gate.ts";
import { createHttpsChannel } from "./https-channel.ts";
import { resolverLabel, type ResolverAddress } from "./resolver-address.ts";
import { createTlsChannel } from "./tls-channel.ts";
import { createUdpPool } from "./udp-pool.ts";

/** One resolver, and what the run has learnt about it. */
export interface Server {
  /** "192.0.2.53:53", "[2001:db8::53]:53", "tls://192.0.2.53:853" or a URL. */
  readonly label: string;
  readonly transport: "udp" | "tls" | "https";
  readonly channel: Channel;
  /** Asks over TCP what was truncated over UDP; absent for other transports. */
  readonly tcp: AskTcp | undefined;
  /** How long one try may take. */
  readonly tryMs: number;
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

/** Sends one query over TCP; waiting for a free connection counts against the deadline. */
export type AskTcp = (query: Buffer, deadlineMs: number) => Promise<FramedResult>;

const firstResendMs = 500;
// Three round trips before the question goes out; after this time the next server is asked as well.
const handshakeMs = 1_000;
const leastResendMs = 150;
// unbound and BIND serve few TCP clients at a time (10 and 150 by default).
const mostTcp = 8;

/**
 * Opens nothing yet: sockets come with the first question. The trust store is for the certificates
 * of servers that are asked over TLS or HTTPS.
 */
export function createServer(address: ResolverAddress, limits: Limits, trust: TrustStore): Server {
  const closing = new AbortController();
  let smoothedMs: number | undefined;
  // An answer that comes when its question has ended still shows that the server lives.
  const late = (): void => server.answered();
  const way = wayTo(address, limits, trust, late, closing.signal);
  const server: Server & { isHeard: boolean } = {
    label: resolverLabel(address),
    ...way,
    lacksEdns: false,
    foldsCase: false,
    silentTries: 0,
    isHeard: false,
    resendAfterMs() {
      if (smoothedMs === undefined) return way.transport === "udp" ? firstResendMs : handshakeMs;
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
      way.channel.close();
    },
  };
  return server;
}

/** The channel to a server. Over TLS and HTTPS a try takes as long as the channel lets it. */
function wayTo(
  address: ResolverAddress,
  { dnsTryMs, dnsTcpMs }: Limits,
  trust: TrustStore,
  late: () => void,
  signal: AbortSignal,
): Pick<Server, "transport" | "channel" | "tcp" | "tryMs"> {
  const secure = { tcp: undefined, tryMs: Infinity };
  if (address.over === "tls") {
    const channel = createTlsChannel({ ...address, trust }, dnsTcpMs, late);
    return { transport: "tls", channel, ...secure };
  }
  if (address.over === "https") {
    const channel = createHttpsChannel({ ...address, trust }, dnsTcpMs, late);
    return { transport: "https", channel, ...secure };
  }
  const tcp = createTcp(address, signal);
  return { transport: "udp", channel: createUdpPool(address, late), tcp, tryMs: dnsTryMs };
}

function createTcp(peer: Peer, signal: AbortSignal): AskTcp {
  const gate = createGate(mostTcp);
  return async (query, deadlineMs) => {
    const endsAt = performance.now() + deadlineMs;
    const release = await gate.enter(deadlineMs);
    if (release === undefined) return { failed: "timeout" };
    try {
      return await exchangeFramed(peer, query, endsAt - performance.now(), signal);
    } finally {
      release();
    }
  };
}
