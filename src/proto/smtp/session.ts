import type { Limits } from "../../core/context.ts";
import type { Failure, Reply, Stage } from "../../core/failure.ts";
import type { TlsFacts } from "../../core/tls-facts.ts";
import type { Connection } from "../../wire/connection.ts";
import { startDeadline, type Deadline } from "../../wire/deadline.ts";
import type { Awaited } from "../../wire/ending.ts";
import { heardProtocol, protocolTitle, type Heard } from "../../wire/heard.ts";
import type { HandshakeFailure, HandshakeOptions } from "../../wire/tls.ts";
import { parseEhlo, type Extension } from "./ehlo.ts";
import { readReply } from "./read-reply.ts";

/** A reply, or why there is none that can be used. */
export type Answer =
  | { readonly reply: Reply; readonly failure?: undefined }
  | { readonly failure: Failure; readonly reply?: undefined };

/** How the server answered our hello. */
export type HelloAnswer =
  | {
      readonly verb: "EHLO" | "HELO";
      readonly reply: Reply;
      /** Present with HELO: how EHLO was refused. */
      readonly ehloReply?: Reply;
      readonly extensions: readonly Extension[];
      readonly failure?: undefined;
    }
  | { readonly failure: Failure };

/** How STARTTLS went: TLS is up, the server refused, or it agreed and then TLS did not come about. */
export type StarttlsAnswer =
  | { readonly state: "done"; readonly facts: TlsFacts }
  | { readonly state: "refused"; readonly reply: Reply }
  | { readonly state: "broken"; readonly failure: Failure };

export interface CommandTiming {
  readonly command: string;
  readonly ms: number;
}

/**
 * One SMTP session as a client: it takes turns strictly, pairs each reply with its command, times
 * every command and ends itself when the server is out of step, says 421, or has refused enough.
 * After the first failure every further step answers with that failure. spec: RFC 5321 3, 4.
 */
export class SmtpSession {
  readonly connection: Connection;
  readonly timings: CommandTiming[] = [];
  readonly oddities = new Set<string>();
  /** Keywords that a filter has overwritten. */
  readonly masked = new Set<string>();
  readonly #limits: Limits;
  readonly #signal: AbortSignal;
  #over: Failure | undefined;
  #outOfStep = false;
  #rejected = 0;

  constructor(connection: Connection, limits: Limits, signal: AbortSignal) {
    this.connection = connection;
    this.#limits = limits;
    this.#signal = signal;
  }

  /** Commands that the server has refused so far. */
  get rejected(): number {
    return this.#rejected;
  }

  /** Why no further command is answered; undefined while the session goes on. */
  get over(): Failure | undefined {
    return this.#over;
  }

  /** TLS before the first word, on a port for that. spec: RFC 8314 3.3. */
  async implicitTls(
    options: Omit<HandshakeOptions, "mode">,
  ): Promise<{ readonly facts: TlsFacts } | HandshakeFailure> {
    const result = await this.#within(this.#limits.tlsMs, (deadline) =>
      this.connection.startTls({ ...options, mode: "implicit" }, deadline),
    );
    if ("failure" in result) this.#over = result.failure;
    return result;
  }

  /**
   * The server's first reply, whole, whatever its code but 421; where there is none, also what was
   * heard instead. spec: RFC 5321 3.1, 4.3.1.
   */
  async greeting(): Promise<Answer & { readonly heard: Heard }> {
    const awaited = { stage: "greeting", what: "the greeting" } as const;
    const { answer, heard } = await this.#within(this.#limits.greetingMs, async (deadline) => {
      await this.connection.waitForBytes(deadline);
      const first = heardProtocol(this.connection.peek());
      return { answer: await this.#reply(awaited, deadline), heard: first };
    });
    if (heard !== "smtp" && heard !== "silence" && heard !== "unknown") {
      const message = `the server speaks ${protocolTitle(heard)} instead of SMTP`;
      const failure: Failure = { stage: "greeting", code: "wrong-protocol", message };
      return { ...this.#settle({ failure }, "greeting"), heard };
    }
    return { ...this.#settle(answer, "greeting"), heard };
  }

  /** EHLO, and HELO where EHLO is not understood or not liked. spec: RFC 5321 4.1.1.1, 3.2. */
  async hello(name: string): Promise<HelloAnswer> {
    const ehlo = await this.command(`EHLO ${name}`, "hello");
    if (ehlo.failure) return ehlo;
    if (isPositive(ehlo.reply)) {
      const contents = parseEhlo(ehlo.reply);
      for (const oddity of contents.oddities) this.oddities.add(oddity);
      for (const keyword of contents.masked) this.masked.add(keyword);
      return { verb: "EHLO", reply: ehlo.reply, extensions: contents.extensions };
    }
    if (![500, 501, 502, 504, 550].includes(ehlo.reply.code)) return this.#refuse(ehlo.reply);
    const helo = await this.command(`HELO ${name}`, "hello");
    if (helo.failure) return helo;
    if (!isPositive(helo.reply)) return this.#refuse(helo.reply);
    return { verb: "HELO", reply: helo.reply, ehloReply: ehlo.reply, extensions: [] };
  }

  /**
   * STARTTLS and the handshake. When it is done everything heard before is void, and the hello must
   * be said again. spec: RFC 3207 4, 4.2.
   */
  async starttls(options: Omit<HandshakeOptions, "mode">): Promise<StarttlsAnswer> {
    const answer = await this.command("STARTTLS", "starttls");
    if (answer.failure) return { state: "broken", failure: answer.failure };
    if (answer.reply.code !== 220) {
      this.connection.transcript.markUnexpected();
      return { state: "refused", reply: answer.reply };
    }
    const result = await this.#within(this.#limits.tlsMs, (deadline) =>
      this.connection.startTls({ ...options, mode: "starttls" }, deadline),
    );
    if ("facts" in result) return { state: "done", facts: result.facts };
    this.#over = result.failure;
    return { state: "broken", failure: result.failure };
  }

  /** MAIL FROM with the reverse-path without its angle brackets; "" is the null reverse-path. */
  mailFrom(reversePath: string): Promise<Answer> {
    return this.command(`MAIL FROM:<${reversePath}>`, "envelope");
  }

  /** RCPT TO with the forward-path without its angle brackets. */
  rcptTo(forwardPath: string): Promise<Answer> {
    return this.command(`RCPT TO:<${forwardPath}>`, "envelope");
  }

  rset(): Promise<Answer> {
    return this.command("RSET", "envelope");
  }

  /** Sends one command and reads its one reply; a refusal is a reply, 421 is a failure. */
  async command(line: string, stage: Stage): Promise<Answer> {
    if (this.#over) return { failure: this.#over };
    if (this.#rejected >= this.#limits.rejectedCommands) {
      const message = `we left after ${this.#rejected} refused commands`;
      return this.#settle({ failure: { stage, code: "over-limit", message } }, stage);
    }
    return this.#settle(await this.#turn(line, stage, this.#limits.commandMs), stage);
  }

  /**
   * QUIT wherever it can still be said, waiting briefly for its reply, and the end of the
   * connection. Returns the failure when a reply too many shows that the session was out of step.
   * spec: RFC 5321 4.1.1.10.
   */
  async quit(): Promise<Failure | undefined> {
    let late: Failure | undefined;
    if (this.connection.open && !this.#outOfStep && !this.#signal.aborted) {
      const { failure, reply } = await this.#turn("QUIT", "command", this.#limits.quitMs);
      if (failure?.code === "desync") late = failure;
      // A server that is a reply behind answers QUIT with something else, and 221 comes after it.
      if (reply && reply.code !== 221)
        late = await this.#within(this.#limits.quitMs, async (deadline) =>
          (await this.connection.waitForBytes(deadline))
            ? this.#desync("command")?.failure
            : undefined,
        );
    }
    await this.connection.close();
    return late;
  }

  async #turn(line: string, stage: Stage, ms: number): Promise<Answer> {
    const early = this.#desync(stage);
    if (early) return early;
    const startedAt = performance.now();
    const awaited = { stage, what: `the reply to ${line.split(/[ :]/, 1)[0]}` };
    const command = this.connection.transcript.show(Buffer.from(line));
    const answer = await this.#within(ms, async (deadline): Promise<Answer> => {
      const failure = await this.connection.writeLine(line, awaited, deadline);
      return failure ? { failure } : await this.#reply(awaited, deadline);
    });
    this.timings.push({ command, ms: Math.round(performance.now() - startedAt) });
    if (answer.failure) return answer;
    if (answer.reply.code >= 400) this.#rejected += 1;
    return { reply: { ...answer.reply, command } };
  }

  /** Octets that came before their command belong to no command: nothing after them can be trusted. */
  #desync(stage: Stage): Answer | undefined {
    if (this.connection.pendingBytes() === 0) return undefined;
    this.#outOfStep = true;
    const shown = this.connection.transcript.show(this.connection.discard(), 80);
    const message = `the server spoke before it was asked: "${shown}"`;
    return { failure: { stage, code: "desync", message } };
  }

  #reply(awaited: Awaited, deadline: Deadline): Promise<Answer> {
    return readReply(this.connection, awaited, this.#limits, deadline, this.oddities);
  }

  /** Ends the session where the answer says so. */
  #settle(answer: Answer, stage: Stage): Answer {
    if (answer.failure) {
      // A reply that is still to come, or its rest, would be taken for that of the next command.
      if (answer.failure.code !== "over-limit") this.#outOfStep = true;
      this.#over = answer.failure;
      return answer;
    }
    if (answer.reply.code !== 421) return answer;
    this.connection.transcript.markUnexpected();
    this.#over = { ...refusal(answer.reply, stage), code: "rate-limited" };
    return { failure: this.#over };
  }

  #refuse(reply: Reply): { readonly failure: Failure } {
    this.connection.transcript.markUnexpected();
    this.#over = refusal(reply, "hello");
    return { failure: this.#over };
  }

  async #within<T>(ms: number, task: (deadline: Deadline) => Promise<T>): Promise<T> {
    const deadline = startDeadline(ms, this.#signal);
    try {
      return await task(deadline);
    } finally {
      deadline.clear();
    }
  }
}

/** True for 2yz. spec: RFC 5321 4.2.1. */
export function isPositive(reply: Reply): boolean {
  return reply.code >= 200 && reply.code < 300;
}

/** The failure that a refusal stands for: 4yz asks us to come back, 5yz does not. */
export function refusal(reply: Reply, stage: Stage): Failure {
  const permanent = reply.code >= 500;
  const text = [reply.code, ...reply.lines.slice(0, 1)].join(" ").slice(0, 200).trimEnd();
  return {
    stage,
    code: permanent ? "refused" : "rate-limited",
    message: `the server said "${text}"`,
    reply,
    permanent,
  };
}
