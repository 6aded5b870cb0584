import type { Failure } from "../core/failure.ts";
import type { Connection } from "./connection.ts";

/** Where to connect: an address of a host, both for `--connect-to` and for the record. */
export interface Endpoint {
  readonly host: string;
  /** An IP literal; dial never looks up names. */
  readonly ip: string;
  readonly port: number;
}

/** Opens one TCP connection; resolves to the failure when there is none. */
export type Dial = (
  endpoint: Endpoint,
  signal: AbortSignal,
) => Promise<{ readonly connection: Connection } | { readonly failure: Failure }>;
