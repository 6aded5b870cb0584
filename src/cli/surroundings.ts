import type { Io } from "./io.ts";

/**
 * Settings of this process that weaken TLS or change whom it trusts, by name. NODE_EXTRA_CA_CERTS
 * adds to Node's own roots alone, so it counts only where these are the ones in use.
 */
export function weakenedBy(env: Io["env"], trustStore: string): string[] {
  const found: string[] = [];
  if (env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") found.push("NODE_TLS_REJECT_UNAUTHORIZED=0");
  if (env["NODE_EXTRA_CA_CERTS"] && trustStore === "bundled") found.push("NODE_EXTRA_CA_CERTS");
  const options = env["NODE_OPTIONS"] ?? "";
  for (const [option = ""] of options.matchAll(/--(?:tls|openssl|use-openssl)[a-z0-9.-]*/g))
    found.push(`NODE_OPTIONS ${option}`);
  return found;
}

/** Proxy settings that are present and have no effect: mail servers are dialled directly. */
export function ignoredProxies(env: Io["env"]): string[] {
  return [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
  ].filter((name) => env[name]);
}
