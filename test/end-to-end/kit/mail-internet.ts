import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCagedServers, type CagedDoor } from "./caged-servers.ts";
import { createCertificateAuthority, type CertificateAuthority } from "./certificates.ts";
import {
  addressesBehind,
  chainFileOf,
  doors,
  freeEndpoints,
  presentDomains,
  type PlacedDoor,
} from "./doors.ts";
import { startNameServers } from "./name-servers.ts";
import { startPostfix, type Listener } from "./postfix.ts";
import type { LocalEndpoint } from "./process.ts";
import { openSilentPorts } from "./silent-ports.ts";

/** A small internet of real servers on loopback addresses. */
export interface MailInternet {
  /** The options that lead maildoctor into it. */
  readonly options: readonly string[];
  readonly resolver: string;
  readonly caFile: string;
  /** Where port 25 of an address really is. */
  readonly endpoints: ReadonlyMap<string, LocalEndpoint>;
  /** Connections accepted so far by each address of the domain behind which there is a server. */
  connections(domain: string): Promise<ReadonlyMap<string, number>>;
  /** All that Postfix has logged. */
  mailLog(): Promise<string>;
  /** Reads all that the servers of this domain alone have logged, where there are such. */
  ownLog(domain: string): (() => Promise<string>) | undefined;
  /** Ends all servers and removes their files. */
  stop(): Promise<void>;
}

/** Any address of this block is multicast, for which the kernel has no TCP route (ENETUNREACH). */
const unroutable: LocalEndpoint = { address: "ff0e::25", port: 25 };

/** Starts the servers of all present domains; a failing start leaves nothing behind. */
export async function startMailInternet(): Promise<MailInternet> {
  const folder = await mkdtemp(join(tmpdir(), "maildoctor-end-to-end-"));
  // The servers read their files as users of their own.
  await chmod(folder, 0o755);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((step) => step()));
    await rm(folder, { recursive: true, force: true });
  };
  const starting = async <T extends { stop(): Promise<void> }>(start: Promise<T>): Promise<T> => {
    const server = await start;
    stops.push(() => server.stop());
    return server;
  };
  try {
    const ports = new Map(
      await freeEndpoints(addressesBehind("postfix", "exim", "opensmtpd", "sendmail", "closed")),
    );
    const authority = createCertificateAuthority(join(folder, "certificates"));
    const starts = [
      starting(openSilentPorts(addressesBehind("silent"))),
      starting(startNameServers(join(folder, "dns"), presentDomains)),
      starting(authority.then((ca) => startPostfixDoors(join(folder, "postfix"), ca, ports))),
      starting(authority.then((ca) => startCagedDoors(join(folder, "cages"), ca, ports))),
    ] as const;
    // When one fails, the others must have started before they can be stopped.
    await Promise.allSettled(starts);
    const [silent, nameServers, postfix, caged] = await Promise.all(starts);
    const endpoints = new Map<string, LocalEndpoint>([
      ...ports,
      ...silent.endpoints.map((endpoint) => [endpoint.address, endpoint] as const),
      ...addressesBehind("unroutable").map((ip) => [ip, unroutable] as const),
    ]);
    const { caFile } = await authority;
    return {
      options: optionsOf(nameServers.resolver, caFile, endpoints),
      resolver: nameServers.resolver,
      caFile,
      endpoints,
      connections: async (domain) => {
        const counts = doorsOf(domain).map(async ({ ip, door, label }) => {
          const own = caged.byIp.get(ip);
          if (own !== undefined) return [[ip, await own.connections()] as const];
          return door.kind === "postfix" ? [[ip, await postfix.connections(label)] as const] : [];
        });
        return new Map((await Promise.all(counts)).flat());
      },
      mailLog: () => postfix.log(),
      ownLog: (domain) => {
        const own = doorsOf(domain).flatMap(({ ip }) => caged.byIp.get(ip) ?? []);
        if (own.length === 0) return undefined;
        return async () => (await Promise.all(own.map((server) => server.log()))).join("");
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const doorsOf = (name: string): PlacedDoor[] => doors.filter(({ domain }) => domain === name);

type Ports = ReadonlyMap<string, LocalEndpoint>;

const portOf = (ports: Ports, ip: string): LocalEndpoint => {
  const port = ports.get(ip);
  if (port === undefined) throw new Error(`no port for ${ip}`);
  return port;
};

async function startPostfixDoors(folder: string, authority: CertificateAuthority, ports: Ports) {
  const listeners = doors.map(async (placed): Promise<Listener[]> => {
    const { ip, door, host, label } = placed;
    if (door.kind !== "postfix") return [];
    const chain = await chainFileOf(authority, placed);
    const tls: Record<string, string> =
      chain === undefined
        ? { smtpd_tls_security_level: "none" }
        : { smtpd_tls_security_level: "may", smtpd_tls_chain_files: chain };
    const parameters = { ...tls, ...door.parameters };
    return [{ ...portOf(ports, ip), label, hostName: host.name, parameters }];
  });
  return startPostfix(folder, {
    listeners: (await Promise.all(listeners)).flat(),
    domains: presentDomains.map(({ name }) => name),
    catchAll: "catchall.test",
  });
}

async function startCagedDoors(folder: string, authority: CertificateAuthority, ports: Ports) {
  const caged = doors.map(async (placed): Promise<CagedDoor[]> => {
    const { ip, door, host, domain, label } = placed;
    if (door.kind !== "exim" && door.kind !== "opensmtpd" && door.kind !== "sendmail") return [];
    const file = await chainFileOf(authority, placed);
    const chain = file === undefined ? undefined : await readFile(file, "utf8");
    return [
      { ip, door, plan: { ...portOf(ports, ip), label, hostName: host.name, domain, chain } },
    ];
  });
  return startCagedServers(folder, (await Promise.all(caged)).flat());
}

function optionsOf(
  resolver: string,
  caFile: string,
  endpoints: ReadonlyMap<string, LocalEndpoint>,
): string[] {
  const literal = (ip: string): string => (ip.includes(":") ? `[${ip}]` : ip);
  return [
    "--resolver",
    resolver,
    "--ca-file",
    caFile,
    ...["127.0.0.0/8", "2001:db8::/32"].flatMap((range) => ["--treat-as-public", range]),
    ...[...endpoints].flatMap(([ip, { address, port }]) => [
      "--connect-to",
      `${literal(ip)}:25:${literal(address)}:${port}`,
    ]),
  ];
}
