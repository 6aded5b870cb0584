import { reverseNameOf } from "../core/ip.ts";

/** One mail server of a scenario. */
export interface DemoServer {
  readonly host: string;
  /** Its published addresses; each is a listener of its own. */
  readonly addresses: readonly string[];
  /** 25 unless given. */
  readonly port?: number;
  /** The `.dialogue` text that it follows, or "refuses" for a host that takes no connections. */
  readonly dialogue: string;
}

/** What `maildoctor check` must say of the domain. */
export interface DemoExpectation {
  /**
   * "healthy": nothing above a note; "inconclusive": nothing above a note, and something that could
   * not be told; or the warnings and errors found, as "room/check:message".
   */
  readonly verdict: "healthy" | "inconclusive" | readonly string[];
  readonly exitCode: 0 | 1 | 3;
}

/** One domain of the miniature internet: one story. */
export interface Scenario {
  readonly domain: string;
  /** Half a line, for lists. */
  readonly title: string;
  /** One paragraph: how mail travels to the domain, what is wrong, and what it shows. */
  readonly story: string;
  /** Master file of the domain and of what belongs to it, reverse names included. */
  readonly zone: string;
  readonly servers: readonly DemoServer[];
  readonly expect: DemoExpectation;
  /** What the verdict sentence must say: it names the defect, where there is one. */
  readonly names: RegExp;
}

/** `dialogue` of a host on which nothing listens. */
export const refuses = "refuses";

/** A master-file line with the reverse name of the address. */
export function ptr(ip: string, host: string): string {
  return `${reverseNameOf(ip)}. PTR ${host}.`;
}
