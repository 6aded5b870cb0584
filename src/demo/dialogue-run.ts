import { setTimeout as delay } from "node:timers/promises";
import type { Accepted, Heard, ServerIdentity } from "../wire/listen.ts";
import { fill } from "./dialogue-text.ts";
import type { Expectation, Step } from "./dialogue.ts";

interface Stage {
  readonly implicitTls: boolean;
  readonly identity: ServerIdentity | undefined;
  report(line: number, expected: string, received: string): void;
  heard(line: string): void;
  /** Aborted when nobody waits any longer. */
  readonly stopped: AbortSignal;
}

/**
 * Follows one script on one connection. Resolves when the script has come to its end and the
 * client has gone, when the client left the script (which is reported), or when `stopped` aborts.
 */
export async function playScript(
  connection: Accepted,
  script: readonly Step[],
  stage: Stage,
): Promise<void> {
  const stop = new Promise<"stopped">((resolve) => {
    if (stage.stopped.aborted) resolve("stopped");
    else stage.stopped.addEventListener("abort", () => resolve("stopped"), { once: true });
  });
  const run = new ScriptRun(connection, script, stage, stop);
  await run.play();
}

class ScriptRun {
  readonly #connection: Accepted;
  readonly #script: readonly Step[];
  readonly #stage: Stage;
  readonly #stop: Promise<"stopped">;
  readonly #captures = new Map<string, string>();
  /** A line that an optional step did not match. */
  #unused: Heard | undefined;
  #trickle: { readonly bytes: number; readonly ms: number } | undefined;
  #outgoing: Uint8Array[] = [];

  constructor(
    connection: Accepted,
    script: readonly Step[],
    stage: Stage,
    stop: Promise<"stopped">,
  ) {
    this.#connection = connection;
    this.#script = script;
    this.#stage = stage;
    this.#stop = stop;
  }

  async play(): Promise<void> {
    if (this.#stage.implicitTls && !(await this.#startTls()))
      return this.#unfinished(0, "a failed TLS handshake");
    for (let at = 0; at < this.#script.length; at += 1) {
      const step = this.#script[at];
      if (!step) return;
      const next = this.#script[at + 1];
      if (step.kind === "send" || step.kind === "raw") {
        this.#outgoing.push(
          step.kind === "raw"
            ? step.bytes
            : Buffer.from(`${fill(step.template, this.#captures)}\r\n`, "utf8"),
        );
        if (next?.kind === "send" || next?.kind === "raw") continue;
        // Only before the 220 leaves is everything in the buffer certainly plain text.
        if (next?.kind === "starttls" && this.#connection.pending() !== "")
          return this.#leave(next.line, "nothing before TLS", this.#connection.pending());
        await this.#flush();
      } else if (step.kind === "expect") {
        const heard = await this.#hear();
        if (heard === "stopped") return this.#unfinished(at, "nothing");
        const matches = "line" in heard && this.#match(step, heard.line);
        if (!matches && step.optional) {
          this.#unused = heard;
          while (at + 1 < this.#script.length && this.#script[at + 1]?.kind !== "expect") at += 1;
        } else if (!matches) return this.#leave(step.line, quote(step.text), describe(heard));
      } else if (!(await this.#act(step, at))) return;
    }
    await this.#listenOn();
  }

  /** Performs an act; false when the script is over with it. */
  async #act(
    step: Exclude<Step, { kind: "send" | "raw" | "expect" }>,
    at: number,
  ): Promise<boolean> {
    this.#trickle = undefined;
    switch (step.kind) {
      case "trickle":
        this.#trickle = step;
        return true;
      case "wait":
        await this.#pause(step.ms);
        return true;
      case "starttls":
        if (await this.#startTls()) return true;
        this.#unfinished(at, "a failed TLS handshake");
        return false;
      case "discard":
        while (this.#connection.pending().includes("\n")) await this.#connection.readLine();
        return true;
      case "close":
        this.#connection.close();
        await this.#drain();
        return false;
      case "reset":
        this.#connection.reset();
        return false;
      case "stall":
        await this.#drain();
        return false;
      case "expect-close": {
        const heard = await this.#hear();
        if (heard !== "stopped" && "ended" in heard) return false;
        this.#leave(step.line, "the end of the connection", describe(heard));
        return false;
      }
    }
  }

  async #startTls(): Promise<boolean> {
    const { identity } = this.#stage;
    return identity !== undefined && (await this.#connection.startTls(identity));
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#outgoing);
    this.#outgoing = [];
    const piece = this.#trickle?.bytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += piece) {
      await this.#connection.write(bytes.subarray(at, at + piece));
      if (this.#trickle && (await this.#pause(this.#trickle.ms)) === "gone") return;
    }
  }

  async #pause(ms: number): Promise<"gone" | undefined> {
    const done = new AbortController();
    try {
      const gone = Promise.race([this.#stop, this.#connection.gone]).then(() => "gone" as const);
      return await Promise.race([gone, delay(ms, undefined, { signal: done.signal })]);
    } finally {
      done.abort();
    }
  }

  async #hear(): Promise<Heard | "stopped"> {
    const again = this.#unused;
    this.#unused = undefined;
    if (again) return again;
    const heard = await Promise.race([this.#connection.readLine(), this.#stop]);
    if (heard !== "stopped" && "line" in heard) this.#stage.heard(heard.line);
    return heard;
  }

  #match(step: Expectation, line: string): boolean {
    const found = step.pattern.exec(line);
    for (const [index, name] of step.captures.entries())
      if (found?.[index + 1] !== undefined) this.#captures.set(name, found[index + 1] ?? "");
    return found !== null;
  }

  #leave(line: number, expected: string, received: string): void {
    this.#stage.report(line, expected, received);
    this.#connection.close();
  }

  /** A failed handshake or a silence is a mismatch where the client had more to say. */
  #unfinished(at: number, received: string): void {
    const step = this.#script.slice(at).find((left) => left.kind === "expect" && !left.optional);
    if (step?.kind === "expect") this.#leave(step.line, quote(step.text), received);
  }

  /** After the last step: the client may leave, but not say more. */
  async #listenOn(): Promise<void> {
    const heard = await this.#hear();
    if (heard !== "stopped" && "line" in heard)
      this.#leave(this.#script.at(-1)?.line ?? 1, "no more lines", describe(heard));
  }

  /** Reads whatever comes until the connection ends. */
  async #drain(): Promise<void> {
    for (;;) {
      const heard = await this.#hear();
      if (heard === "stopped" || "ended" in heard) return;
    }
  }
}

const quote = (text: string): string => `"${text}"`;

function describe(heard: Heard | "stopped"): string {
  if (heard === "stopped") return "nothing";
  if ("line" in heard) return quote(heard.line);
  return heard.ended === "too-long" ? "a line without end" : `the connection ${heard.ended}`;
}
