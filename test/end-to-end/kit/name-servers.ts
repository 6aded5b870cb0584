import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Resolver } from "node:dns/promises";
import type { MailDomain } from "./plan.ts";
import { freePort, run, startServer, until } from "./process.ts";
import { lameZone, topZone, topZoneOf, zonesOf, type Zone } from "./zones.ts";

/** A validating resolver in front of an authoritative server. */
export interface NameServers {
  /** "127.0.0.1:port", for `--resolver`. */
  readonly resolver: string;
  stop(): Promise<void>;
}

/** Starts knot with the domains' zones, and unbound with `test.` as its trust anchor. */
export async function startNameServers(
  folder: string,
  domains: readonly MailDomain[],
): Promise<NameServers> {
  await mkdir(join(folder, "zones"), { recursive: true });
  await mkdir(join(folder, "knot"), { recursive: true });
  const [knotPort = 0, unboundPort = 0, nobodyPort = 0] = await Promise.all(
    [0, 1, 2].map(() => freePort("127.0.0.1")),
  );
  const zones = zonesOf(domains);
  const names = [...zones, { name: topZone, signed: true }];
  const knotFile = join(folder, "knot.conf");
  await writeFile(knotFile, knotConfiguration(folder, knotPort, names));

  const keys = new Map<string, readonly string[]>();
  for (const { name, signed } of names) if (signed) keys.set(name, await createKey(knotFile, name));
  await writeZones(folder, [...zones, topZoneOf(domains, keys)]);
  const anchors = (keys.get(topZone) ?? []).map((ds) => `${topZone}. DS ${ds}`);
  const unboundFile = join(folder, "unbound.conf");
  await writeFile(
    unboundFile,
    unboundConfiguration(
      unboundPort,
      [
        ...names.map(({ name }) => ({ name, server: `127.0.0.1@${knotPort}` })),
        { name: lameZone, server: `127.0.0.1@${nobodyPort}` },
      ],
      anchors,
    ),
  );

  const servers = [
    startServer("knotd", ["-c", knotFile]),
    startServer("unbound", ["-d", "-p", "-c", unboundFile]),
  ];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    const log = (): string => servers.map((server) => server.output()).join("\n");
    const resolver = `127.0.0.1:${unboundPort}`;
    await until(() => answers(`127.0.0.1:${knotPort}`, domains), 20_000, log);
    await until(() => answers(resolver, domains), 20_000, log);
    return { resolver, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** True when the server knows the policy of the last domain (knot loads zones one after another). */
async function answers(server: string, domains: readonly MailDomain[]): Promise<boolean> {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([server]);
  const asked = domains.filter(({ dnssec }) => dnssec !== "bogus");
  const texts = asked.map(({ name }) => resolver.resolveTxt(`_dmarc.${name}`));
  const results = await Promise.allSettled([...texts, resolver.resolveSoa(topZone)]);
  return results.every(({ status }) => status === "fulfilled");
}

/** Makes the only key of a zone and returns its DS data. */
async function createKey(configuration: string, zone: string): Promise<string[]> {
  const keymgr = (...args: string[]) => run("keymgr", ["-c", configuration, zone, ...args]);
  await keymgr("generate", "algorithm=ECDSAP256SHA256", "ksk=yes", "zsk=yes");
  const { stdout } = await keymgr("ds");
  return stdout
    .split("\n")
    .map((line) => /\sDS\s+(\d+ \d+ 2 [0-9a-f]+)/i.exec(line)?.[1])
    .filter((ds) => ds !== undefined);
}

const zoneFile = (name: string): string => (name === "." ? "root.zone" : `${name}.zone`);

async function writeZones(folder: string, zones: readonly Zone[]): Promise<void> {
  await Promise.all(
    zones.map(({ name, text }) => writeFile(join(folder, "zones", zoneFile(name)), text)),
  );
}

function knotConfiguration(
  folder: string,
  port: number,
  zones: readonly Pick<Zone, "name" | "signed">[],
): string {
  const entries = zones.map(
    ({ name, signed }) => `  - domain: "${name}"
    file: "${zoneFile(name)}"
${signed ? "    dnssec-signing: on\n    dnssec-policy: quick\n" : ""}`,
  );
  return `server:
    listen: 127.0.0.1@${port}
    rundir: ${folder}/knot
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: ${folder}/knot
log:
  - target: stderr
    any: warning
policy:
  - id: quick
    algorithm: ECDSAP256SHA256
    single-type-signing: on
    manual: on
template:
  - id: default
    storage: ${folder}/zones
    zonefile-sync: -1
    journal-content: none
zone:
${entries.join("")}`;
}

function unboundConfiguration(
  port: number,
  zones: readonly { readonly name: string; readonly server: string }[],
  anchors: readonly string[],
): string {
  const withDot = (name: string): string => (name === "." ? "." : `${name}.`);
  const builtIn = zones.filter(({ name }) => name === topZone || name.endsWith(".arpa"));
  return `server:
  interface: 127.0.0.1
  port: ${port}
  access-control: 127.0.0.0/8 allow
  username: ""
  chroot: ""
  directory: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  do-daemonize: no
  num-threads: 1
  do-not-query-localhost: no
  module-config: "validator iterator"
  ede: yes
  serve-expired: no
${anchors.map((anchor) => `  trust-anchor: "${anchor}"`).join("\n")}
${builtIn.map(({ name }) => `  local-zone: "${withDot(name)}" nodefault`).join("\n")}
remote-control:
  control-enable: no
${zones
  .map(({ name, server }) => `stub-zone:\n  name: "${withDot(name)}"\n  stub-addr: ${server}`)
  .join("\n")}
`;
}
