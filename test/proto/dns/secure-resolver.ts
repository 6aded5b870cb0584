import { onTestFinished } from "vitest";
import type { Resolver } from "../../../src/core/dns.ts";
import { parseResolver } from "../../../src/proto/dns/resolver-address.ts";
import { createResolver } from "../../../src/proto/dns/resolver.ts";
import { ca } from "../../kit/certs.ts";
import { answerTo } from "../../kit/dns-server.ts";
import { limits, type More } from "./with-servers.ts";

/** The name in the certificates of the fixtures. */
export const hostName = "mx.example.com";

/** A resolver over servers as `--resolver` names them, that trusts the fixtures' root; closed at the end. */
export function resolverOver(
  servers: readonly string[],
  more: More & { readonly pem?: string } = {},
): Resolver {
  const { pem = ca, ...rest } = more;
  const resolver = createResolver({
    servers: servers.map(parseResolver),
    trust: { name: "ca-file", pem },
    trustAd: false,
    limits: { ...limits, dnsTcpMs: 1_000, dnsQueryMs: 4_000 },
    ...rest,
  });
  onTestFinished(() => resolver.close());
  return resolver;
}

export const mxOf = (query: Buffer): Buffer =>
  answerTo(query, [
    { type: "MX", name: "example.com", data: { preference: 10, exchange: "mx.example.com" } },
  ]);
