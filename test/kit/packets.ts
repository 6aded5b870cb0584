import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../fixtures/packets/", import.meta.url);

/** The names of all packets in fixtures/packets, without ".hex". */
export function packetNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".hex"))
    .map((file) => file.slice(0, -4))
    .toSorted();
}

/** The octets of one packet: hex digits, with "#" lines as comments. */
export function readPacket(name: string): Buffer {
  const text = readFileSync(new URL(`${name}.hex`, folder), "utf8");
  const digits = text.replace(/^#.*$/gm, "").replace(/\s+/g, "");
  if (!/^(?:[\da-f]{2})*$/.test(digits)) throw new Error(`${name}.hex holds more than hex digits`);
  return Buffer.from(digits, "hex");
}
