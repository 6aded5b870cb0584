import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { escapeText } from "../core/text.ts";
import { listen, type Accepted, type ServerIdentity } from "../wire/listen.ts";
import { playScript } from "./dialogue-run.ts";
import { parseDialogue } from "./dialogue-parser.ts";

/** Where the client did something else than the script says. Texts are escaped. */
export interface Mismatch {
  readonly file: string;
  /** Line of the step in the file; 1 for what concerns the whole file. */
  readonly line: number;
  readonly expected: string;
  readonly received: string;
}

/** "no-starttls.dialogue:7: expected "EHLO {name}", received "HELO x"". */
export function formatMismatch({ file, line, expected, received }: Mismatch): string {
  return `${file}:${line}: expected ${expected}, received ${received}`;
}

export interface PlayOptions {
  /** The certificate that `@cert NAME` names. Throws for a name that it does not know. */
  readonly certs: (name: string) => ServerIdentity;
  /** Loopback address to listen on; 127.0.0.1 unless given. */
  readonly host?: "127.0.0.1" | "::1";
  /** What mismatches call the script. */
  readonly filename: string;
  /** How long `finished` waits; two seconds unless given. */
  readonly patienceMs?: number;
}

/** A scripted server that is listening. */
export interface Player {
  readonly host: "127.0.0.1" | "::1";
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
  /** Lines that clients sent, in order of arrival, without line ends, decrypted. */
  readonly received: readonly string[];
  /**
   * Ends the play: waits a while for the open connections to come to the end of their scripts, and
   * returns what went otherwise than scripted: wrong lines, `C:` lines never sent, connections too
   * few or too many.
   */
  finished(): Promise<readonly Mismatch[]>;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/**
 * Starts a server on a free loopback port that follows the `.dialogue` text on every connection.
 * Throws when the text has problems: a broken fixture is a bug.
 */
export async function playDialogue(text: string, options: PlayOptions): Promise<Player> {
  const { filename, host = "127.0.0.1", patienceMs = 2_000 } = options;
  const { dialogue, problems } = parseDialogue(text);
  if (problems)
    throw new Error(problems.map((p) => `${filename}:${p.line}: ${p.message}`).join("\n"));

  const identity =
    dialogue.cert === undefined
      ? undefined
      : {
          ...options.certs(dialogue.cert),
          ...(dialogue.minTlsVersion === undefined ? {} : { minVersion: dialogue.minTlsVersion }),
          ...(dialogue.maxTlsVersion === undefined ? {} : { maxVersion: dialogue.maxTlsVersion }),
        };
  const mismatches: Mismatch[] = [];
  const received: string[] = [];
  const stopped = new AbortController();
  // Every open connection listens to it, and there may be many.
  setMaxListeners(0, stopped.signal);
  const running = new Set<Promise<void>>();
  let connections = 0;

  const report = (line: number, expected: string, got: string): void => {
    const [wanted, heard] = [escapeText(expected), escapeText(got)];
    mismatches.push({ file: filename, line, expected: wanted, received: heard });
  };

  const serve = async (connection: Accepted): Promise<void> => {
    const index = Math.min(connections, dialogue.scripts.length) - 1;
    await playScript(connection, dialogue.scripts[index] ?? [], {
      implicitTls: dialogue.implicitTls,
      identity,
      report,
      heard: (line) => void received.push(line),
      stopped: stopped.signal,
    });
  };

  const listener = await listen(host, (connection) => {
    connections += 1;
    const run = serve(connection).finally(() => running.delete(run));
    running.add(run);
  });

  return {
    host,
    port: listener.port,
    get connections() {
      return connections;
    },
    received,
    async finished() {
      const enough = new AbortController();
      await Promise.race([
        Promise.all(running),
        delay(patienceMs, undefined, { signal: enough.signal }).catch(() => undefined),
      ]);
      enough.abort();
      stopped.abort();
      await Promise.all(running);
      const wanted = dialogue.connections;
      const counted =
        wanted === "any" || wanted === connections
          ? []
          : [
              {
                file: filename,
                line: 1,
                expected: countOf(wanted),
                received: countOf(connections),
              },
            ];
      return [...mismatches, ...counted];
    },
    async close() {
      stopped.abort();
      await listener.close();
      await Promise.all(running);
    },
  };
}

const countOf = (n: number): string => `${n} ${n === 1 ? "connection" : "connections"}`;
