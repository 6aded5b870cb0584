import { readFile } from "node:fs/promises";
import { onTestFinished } from "vitest";
import { formatEndpoint } from "../../src/core/ip.ts";
import { startZoneServer, type ZoneServer } from "../../src/demo/zone-server.ts";

/**
 * Serves master files until the test ends. A zone is its text, or the name of a file in
 * `fixtures/zones` ("basic" for basic.zone).
 */
export async function serveZones(
  zones: readonly string[],
  options: { readonly host?: "127.0.0.1" | "::1" } = {},
): Promise<ZoneServer & { readonly resolver: string }> {
  const texts = await Promise.all(zones.map((zone) => zoneText(zone)));
  const server = await startZoneServer(texts, options);
  onTestFinished(() => server.close());
  return { ...server, resolver: formatEndpoint(server.host, server.port) };
}

async function zoneText(zone: string): Promise<string> {
  if (/\s/.test(zone)) return zone;
  return await readFile(new URL(`../../fixtures/zones/${zone}.zone`, import.meta.url), "utf8");
}
