import { createSocket } from "node:dgram";
import { ipFamily } from "../core/ip.ts";

/**
 * Returns our own address on the route to the IP literal, or undefined without a route.
 * Connects a UDP socket, which sends nothing.
 */
export function localAddressFor(ip: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(ipFamily(ip) === 6 ? "udp6" : "udp4");
    const finish = (address?: string): void => {
      socket.close();
      resolve(address);
    };
    socket.once("error", () => finish());
    socket.connect(25, ip, () => finish(socket.address().address));
  });
}
