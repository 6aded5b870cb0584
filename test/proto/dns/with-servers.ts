import { defaultLimits, type Limits } from "../../../src/core/context.ts";
import type { Resolver } from "../../../src/core/dns.ts";
import { createResolver } from "../../../src/proto/dns/resolver.ts";
import {
  startDnsServer,
  type Query,
  type Script,
  type ScriptedServer,
} from "../../kit/dns-server.ts";

/** Short waits, because the servers are here. */
export const limits: Limits = { ...defaultLimits, dnsTryMs: 150, dnsTcpMs: 150, dnsQueryMs: 600 };

export interface More {
  readonly trustAd?: boolean;
  readonly limits?: Limits;
}

/** Runs the body with a resolver over the scripted servers, and closes them all. */
export async function withServers<V>(
  scripts: readonly Script[],
  run: (resolver: Resolver, servers: readonly ScriptedServer[]) => Promise<V>,
  more: More = {},
): Promise<V> {
  const servers = await Promise.all(scripts.map(startDnsServer));
  const resolver = createResolver({ servers, trustAd: false, limits, ...more });
  try {
    return await run(resolver, servers);
  } finally {
    resolver.close();
    await Promise.all(servers.map((server) => server.close()));
  }
}

/** Answers with one exchanger, whatever the name. */
export function exchanger(query: Query): void {
  const data = { preference: 10, exchange: "mx.example.com" };
  query.answer([{ type: "MX", name: query.name, ttl: 300, data }]);
}

/** The query with another name of the same length. */
export function otherName(query: Buffer): Buffer {
  const bytes = Buffer.from(query);
  bytes[13] = (bytes[13] ?? 0) ^ 1;
  return bytes;
}

/** The query with type TXT. */
export function otherType(query: Buffer): Buffer {
  const bytes = Buffer.from(query);
  let at = 12;
  while (bytes[at] !== 0) at += (bytes[at] ?? 0) + 1;
  bytes.writeUInt16BE(16, at + 1);
  return bytes;
}

/** A promise with its key. */
export function latch(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
