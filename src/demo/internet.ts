import { formatEndpoint } from "../core/ip.ts";
import { demoCaFile, demoCertificate } from "./certificates.ts";
import { playDialogue, type Player } from "./dialogue-player.ts";
import { refuses, type DemoExpectation, type DemoServer } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";
import { startZoneServer } from "./zone-server.ts";

/** A domain that the demo can examine. */
export interface DemoDomain {
  readonly domain: string;
  readonly title: string;
  readonly story: string;
  readonly expect: DemoExpectation;
  /** What the verdict sentence must say. */
  readonly names: RegExp;
}

/** The miniature internet while it runs. */
export interface Demo {
  readonly domains: readonly DemoDomain[];
  /** Values for the public options: `--resolver`, `--connect-to`, `--ca-file`, `--treat-as-public`. */
  readonly options: {
    readonly resolver: string;
    readonly connectTo: readonly string[];
    readonly caFile: string;
    readonly treatAsPublic: readonly string[];
  };
  close(): Promise<void>;
}

/**
 * Starts name server and mail servers of all scenarios on free loopback ports of this process.
 * Nothing leaves the machine as long as all of `options` are used. Rejects when loopback cannot be
 * listened on.
 */
export async function startDemo(): Promise<Demo> {
  const started: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((server) => server.close()));
  };
  try {
    const zone = [base, ...scenarios.map((scenario) => scenario.zone)].join("\n");
    const nameServer = await startZoneServer([zone]);
    started.push(nameServer);
    const places = scenarios.flatMap(({ servers }) =>
      servers.flatMap((server) => server.addresses.map((ip) => ({ server, ip }))),
    );
    const connectTo = await Promise.all(
      places.map(async ({ server, ip }) => {
        const from = formatEndpoint(ip, server.port ?? 25);
        if (server.dialogue === refuses) return `${from}:127.0.0.1:${refusingPort}`;
        const player = await serve(server, ip);
        started.push(player);
        return `${from}:${formatEndpoint(player.host, player.port)}`;
      }),
    );
    return {
      domains: scenarios,
      options: {
        resolver: formatEndpoint(nameServer.host, nameServer.port),
        connectTo,
        caFile: demoCaFile,
        treatAsPublic: ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"],
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** tcpmux: nothing listens there, and no free port is ever given out below 1024. */
const refusingPort = 1;

async function serve(server: DemoServer, ip: string): Promise<Player> {
  const play = (host: "127.0.0.1" | "::1"): Promise<Player> =>
    playDialogue(server.dialogue, { certs: demoCertificate, filename: server.host, host });
  if (!ip.includes(":")) return play("127.0.0.1");
  // Without IPv6 loopback, the server behind an IPv6 address is reached over IPv4.
  return await play("::1").catch(() => play("127.0.0.1"));
}

/** What lies above and beside the domains. */
const base = `
$TTL 3600
. SOA ns1.dns.example. hostmaster.dns.example. 2026030301 4h 1h 2w 10m
. NS  ns1.dns.example.
$ORIGIN example.
@            SOA ns1.dns hostmaster.dns 2026030301 4h 1h 2w 10m
@            NS  ns1.dns
dns          SOA ns1.dns hostmaster.dns 2026030301 4h 1h 2w 10m
dns          NS  ns1.dns
ns1.dns      A   192.0.2.53
ns2.dns      A   198.51.100.53
hosting      SOA ns1.dns hostmaster.hosting 2026030301 4h 1h 2w 10m
hosting      NS  ns1.dns
$ORIGIN in-addr.arpa.
2.0.192      SOA ns1.dns.example. hostmaster.dns.example. 2026030301 4h 1h 2w 10m
100.51.198   SOA ns1.dns.example. hostmaster.dns.example. 2026030301 4h 1h 2w 10m
113.0.203    SOA ns1.dns.example. hostmaster.dns.example. 2026030301 4h 1h 2w 10m
$ORIGIN ip6.arpa.
8.b.d.0.1.0.0.2 SOA ns1.dns.example. hostmaster.dns.example. 2026030301 4h 1h 2w 10m
`;
