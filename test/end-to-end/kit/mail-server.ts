import type { LocalEndpoint } from "./process.ts";

/** A server for one address of the plan. */
export interface MailServer {
  /** How many connections it has accepted so far. */
  connections(): Promise<number>;
  /** All that it has logged. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** What every mail server must be told. */
export interface MailServerPlan extends LocalEndpoint {
  /** Distinguishes it from the others; letters, digits, dots, hyphens. */
  readonly label: string;
  /** The host that it greets as. */
  readonly hostName: string;
  /** The domain that it is responsible for; of its mailboxes only postmaster exists. */
  readonly domain: string;
  /** Private key, certificate and intermediate in PEM form; without it there is no TLS. */
  readonly chain?: string | undefined;
}
