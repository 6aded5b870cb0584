import type { Reply } from "../core/failure.ts";
import { formatEndpoint } from "../core/ip.ts";
import type { Subject } from "../core/observation.ts";

/** "mx1.example.com (192.0.2.1)", with the port where it is not 25; the address alone without a host. */
export function serverOf({ host, ip, port = 25 }: Subject): string {
  const address = ip === undefined ? "" : port === 25 ? ip : formatEndpoint(ip, port);
  if (host === undefined || host === ip) return address;
  return address === "" ? host : `${host} (${address})`;
}

/** The reply in quotation marks, on one line, at most 160 characters of it. */
export function quoteReply({ code, lines }: Reply): string {
  const text = [String(code), ...lines].join(" ").replaceAll(/ {2,}/g, " ").trim();
  return `"${text.length > 160 ? `${text.slice(0, 159)}…` : text}"`;
}

/** The name as it stands in a zone file, with its final dot. */
export function zoneName(name: string): string {
  return name.endsWith(".") ? name : `${name}.`;
}

/** "2026-03-01", UTC, of an ISO 8601 instant. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}
