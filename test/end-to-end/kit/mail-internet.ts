import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificateAuthority, type CertificateAuthority } from "./certificates.ts";
import { startNameServers } from "./name-servers.ts";
import { plan, type Address, type Door, type MailHost } from "./plan.ts";
import { startPostfix, type Listener } from "./postfix.ts";
import { freePort, type LocalEndpoint } from "./process.ts";
import { openSilentPorts } from "./silent-ports.ts";

/** A small internet of real servers on loopback addresses. */
export interface MailInternet {
  /** The options that lead maildoctor into it. */
  readonly options: readonly string[];
  readonly resolver: string;
  readonly caFile: string;
  /** Where port 25 of an address really is. */
  readonly endpoints: ReadonlyMap<string, LocalEndpoint>;
  /** Connections accepted so far by each Postfix address of the domain. */
  connections(domain: string): Promise<ReadonlyMap<string, number>>;
  /** All that Postfix has logged. */
  mailLog(): Promise<string>;
  /** Ends all servers and removes their files. */
  stop(): Promise<void>;
}

/** Any address of this block is multicast, for which the kernel has no TCP route (ENETUNREACH). */
const unroutable: LocalEndpoint = { address: "ff0e::25", port: 25 };

const doors = plan.flatMap(({ hosts }) =>
  hosts.flatMap((host) => host.addresses.map((address) => ({ host, ...address }))),
);

/** Starts the servers of the whole plan; a failing start leaves nothing behind. */
export async function startMailInternet(): Promise<MailInternet> {
  const folder = await mkdtemp(join(tmpdir(), "maildoctor-end-to-end-"));
  // Postfix reads its files as a user of its own.
  await chmod(folder, 0o755);
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).toReversed()) await step();
  };
  const started = <T extends { stop(): Promise<void> }>(server: T): T => {
    stops.push(() => server.stop());
    return server;
  };
  try {
    const authority = await createCertificateAuthority(join(folder, "certificates"));
    const silent = started(await openSilentPorts(addressesBehind("silent")));
    const endpoints = new Map<string, LocalEndpoint>([
      ...(await freeEndpoints("postfix")),
      ...(await freeEndpoints("closed")),
      ...silent.endpoints.map((endpoint) => [endpoint.address, endpoint] as const),
      ...addressesBehind("unroutable").map((ip) => [ip, unroutable] as const),
    ]);
    const nameServers = started(await startNameServers(join(folder, "dns"), plan));
    const postfix = started(
      await startPostfix(join(folder, "postfix"), {
        listeners: await listenersOf(authority, endpoints),
        domains: plan.map(({ name }) => name),
        catchAll: "catchall.test",
      }),
    );
    return {
      options: optionsOf(nameServers.resolver, authority.caFile, endpoints),
      resolver: nameServers.resolver,
      caFile: authority.caFile,
      endpoints,
      connections: async (domain) => {
        const ips = plan
          .filter(({ name }) => name === domain)
          .flatMap(({ hosts }) => hosts.flatMap(({ addresses }) => addresses))
          .filter(({ door }) => door.kind === "postfix")
          .map(({ ip }) => ip);
        const counts = ips.map(async (ip) => [ip, await postfix.connections(labelOf(ip))] as const);
        return new Map(await Promise.all(counts));
      },
      mailLog: () => postfix.log(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressesBehind(kind: Door["kind"]): string[] {
  return doors.filter(({ door }) => door.kind === kind).map(({ ip }) => ip);
}

/** IPv6 has one loopback address only: there every server is told apart by its port. */
const loopbackFor = (ip: string): string => (ip.includes(":") ? "::1" : ip);

async function freeEndpoints(kind: Door["kind"]): Promise<[string, LocalEndpoint][]> {
  const taken = new Set<string>();
  const endpoints: [string, LocalEndpoint][] = [];
  for (const ip of addressesBehind(kind)) {
    const address = loopbackFor(ip);
    let port = await freePort(address);
    while (taken.has(`${address} ${port}`)) port = await freePort(address);
    taken.add(`${address} ${port}`);
    endpoints.push([ip, { address, port }]);
  }
  return endpoints;
}

async function listenersOf(
  authority: CertificateAuthority,
  endpoints: ReadonlyMap<string, LocalEndpoint>,
): Promise<Listener[]> {
  const listeners = doors.map(async (entry) => {
    const endpoint = endpoints.get(entry.ip);
    if (entry.door.kind !== "postfix" || endpoint === undefined) return [];
    return [await listenerOf(authority, endpoint, entry.door, entry)];
  });
  return (await Promise.all(listeners)).flat();
}

async function listenerOf(
  authority: CertificateAuthority,
  endpoint: LocalEndpoint,
  door: Door & { readonly kind: "postfix" },
  { host, ip }: Address & { readonly host: MailHost },
): Promise<Listener> {
  const { certificate, parameters } = door;
  const chain =
    certificate === "none"
      ? undefined
      : certificate === "mismatched"
        ? await authority.mismatched(host.name)
        : await authority.issue(certificate, host.name, host.otherNames);
  const tls: Record<string, string> =
    chain === undefined
      ? { smtpd_tls_security_level: "none" }
      : { smtpd_tls_security_level: "may", smtpd_tls_chain_files: chain };
  const label = labelOf(ip);
  return { ...endpoint, label, hostName: host.name, parameters: { ...tls, ...parameters } };
}

const labelOf = (ip: string): string => `at-${ip.replaceAll(":", "-")}`;

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
