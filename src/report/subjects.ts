import { ipFamily } from "../core/ip.ts";
import type { Subject } from "../core/observation.ts";
import { joinList } from "../core/text.ts";

/**
 * Names what findings are about, hosts with their addresses:
 * "mx1.example.com (192.0.2.1 and 2001:db8::1), mx2.example.com".
 */
export function nameSubjects(subjects: readonly Subject[]): string {
  const addresses = new Map<string, Set<string>>();
  for (const { domain, host, ip, port } of subjects) {
    const name = host ?? (ip === undefined ? domain : undefined);
    const key = name ?? ip ?? "this machine";
    const list = addresses.get(key) ?? new Set<string>();
    addresses.set(key, list);
    const shown = ip === undefined || ip === name ? undefined : withPort(ip, port);
    if (shown !== undefined && name !== undefined) list.add(shown);
  }
  const names = [...addresses].map(([name, list]) =>
    list.size === 0 ? name : `${name} (${joinList([...list])})`,
  );
  return joinList(names, 5);
}

function withPort(ip: string, port: number | undefined): string {
  if (port === undefined || port === 25) return ip;
  return ipFamily(ip) === 6 ? `[${ip}]:${port}` : `${ip}:${port}`;
}
