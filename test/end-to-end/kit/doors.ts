import type { CertificateAuthority } from "./certificates.ts";
import { missingServers, plan, type Door, type MailHost } from "./plan.ts";
import { freePort, type LocalEndpoint } from "./process.ts";

/** A door of the plan with its place in the world. */
export interface PlacedDoor {
  /** The address that DNS gives. */
  readonly ip: string;
  readonly door: Door;
  readonly host: MailHost;
  readonly domain: string;
  /** Distinguishes it from the others; letters, digits, dots, hyphens. */
  readonly label: string;
}

/** The domains whose servers are all here. */
export const presentDomains = plan.filter(({ name }) => missingServers(name).length === 0);

/** Their doors. */
export const doors: readonly PlacedDoor[] = presentDomains.flatMap(({ name, hosts }) =>
  hosts.flatMap((host) =>
    host.addresses.map(({ ip, door }) => ({
      ip,
      door,
      host,
      domain: name,
      label: `at-${ip.replaceAll(":", "-")}`,
    })),
  ),
);

/** The addresses behind which there is a door of one of the kinds. */
export function addressesBehind(...kinds: readonly Door["kind"][]): string[] {
  return doors.filter(({ door }) => kinds.includes(door.kind)).map(({ ip }) => ip);
}

/** A free endpoint for each address. IPv6 has one loopback address only: there the port tells. */
export async function freeEndpoints(
  ips: readonly string[],
): Promise<(readonly [string, LocalEndpoint])[]> {
  const taken = new Set<string>();
  const endpoints: (readonly [string, LocalEndpoint])[] = [];
  for (const ip of ips) {
    const address = ip.includes(":") ? "::1" : ip;
    let port = await freePort(address);
    while (taken.has(`${address} ${port}`)) port = await freePort(address);
    taken.add(`${address} ${port}`);
    endpoints.push([ip, { address, port }]);
  }
  return endpoints;
}

/** The PEM file of the door's certificate, undefined for a door without TLS. */
export async function chainFileOf(
  authority: CertificateAuthority,
  { door, host }: PlacedDoor,
): Promise<string | undefined> {
  if (!("certificate" in door) || door.certificate === "none") return undefined;
  return door.certificate === "mismatched"
    ? authority.mismatched(host.name)
    : authority.issue(door.certificate, host.name, host.otherNames);
}
