import type { Socket } from "node:net";
import { createSecureContext, TLSSocket, type SecureContextOptions } from "node:tls";
import { serve } from "../wire/server.ts";
import { cert } from "./certs.ts";

/** What a server makes of octets that came in one segment with STARTTLS. */
export type Leftover =
  /** Throws them away, as it must. */
  | "discard"
  /** Answers them as soon as TLS is up. */
  | "answer"
  /** Answers them before the next command that comes under TLS. */
  | "answer-late"
  /** Answers them in clear, between its 220 and the handshake. */
  | "answer-in-clear"
  /** Refuses the whole. */
  | "refuse"
  /** Says 220 and hangs up. */
  | "close"
  /** Hangs up once TLS is up. */
  | "close-under-tls"
  /** Has no TLS for now. */
  | "put-off"
  /** Greets again under TLS. */
  | "greet-again";

interface Behaviour {
  readonly leftover?: Leftover;
  /** Of its TLS; TLS 1.2 and 1.3 with OpenSSL's usual suites unless given. */
  readonly tls?: SecureContextOptions;
  /** TLS before the greeting. */
  readonly implicit?: boolean;
  /** Replies by verb; 500 for verbs without one. */
  readonly replies?: Replies;
  /** Replies by verb under TLS, before those. */
  readonly repliesUnderTls?: Replies;
}

/** Code and text, or what makes them of the command; "" for no reply at all. */
type Replies = Readonly<Record<string, string | ((line: string) => string)>>;

/** A running server, and what it saw. */
export interface StarttlsServer {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly connections: number;
  /** The most connections that were open at the same time. */
  readonly mostAtOnce: number;
  /** Every command, those under TLS with "~" before them. */
  readonly received: readonly string[];
}

const polite: Readonly<Record<string, string>> = {
  EHLO: "250-mx.example.com\r\n250-VRFY\r\n250 STARTTLS",
  HELO: "250 mx.example.com",
  NOOP: "250 2.0.0 Ok",
  RSET: "250 2.0.0 Ok",
  MAIL: "250 2.1.0 Ok",
  RCPT: "550 5.1.1 User unknown",
  VRFY: "252 2.0.0 Send some mail",
  EXPN: "502 5.5.1 Not implemented",
  HELP: "214 2.0.0 See the manual",
  QUIT: "221 2.0.0 Bye",
};

/** Serves SMTP for mx.example.com on a free loopback port until the test ends, as told. */
export async function serveStarttls(behaviour: Behaviour = {}): Promise<StarttlsServer> {
  const received: string[] = [];
  let connections = 0;
  let open = 0;
  let mostAtOnce = 0;
  const port = await serve((raw) => {
    connections += 1;
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    raw.once("close", () => (open -= 1));
    converse(raw, behaviour, (line) => void received.push(line));
  });
  return {
    host: "127.0.0.1",
    port,
    received,
    get connections() {
      return connections;
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
  };
}

function converse(raw: Socket, behaviour: Behaviour, heard: (line: string) => void): void {
  const { leftover = "discard", replies = {}, repliesUnderTls = {} } = behaviour;
  let stream: Socket = raw;
  let input = "";
  /** Commands that were carried over into TLS. */
  let carried: string[] = [];

  const say = (text: string): void => void stream.write(`${text}\r\n`);
  const answer = (line: string): void => {
    const verb = (line.split(" ", 1)[0] ?? "").toUpperCase();
    const under: Replies = stream === raw ? {} : repliesUnderTls;
    const found = under[verb] ?? replies[verb] ?? polite[verb] ?? "500 5.5.2 Not recognized";
    const reply = typeof found === "string" ? found : found(line);
    if (reply !== "") say(reply);
    if (verb === "QUIT") stream.end();
  };

  const receive = (bytes: Buffer): void => {
    input += bytes.toString("latin1");
    for (;;) {
      const end = input.indexOf("\r\n");
      if (end < 0) return;
      const line = input.slice(0, end);
      input = input.slice(end + 2);
      heard(stream === raw ? line : `~${line}`);
      for (const old of carried.splice(0)) answer(old);
      if (stream === raw && line === "STARTTLS") return upgrade();
      answer(line);
    }
  };

  const upgrade = (): void => {
    const lines = input.split("\r\n").filter((line) => line !== "");
    input = "";
    if (lines.length > 0 && leftover === "refuse") {
      say("554 5.5.0 Commands may not follow STARTTLS");
      raw.end();
      return;
    }
    if (lines.length > 0 && leftover === "put-off") return say("454 4.7.0 TLS not available");
    say("220 2.0.0 Ready");
    if (lines.length > 0 && leftover === "close") return void raw.end();
    if (lines.length > 0 && leftover === "answer-in-clear") for (const line of lines) answer(line);
    encrypt(() => {
      if (lines.length === 0) return;
      if (leftover === "answer") for (const line of lines) answer(line);
      if (leftover === "answer-late") carried = lines;
      if (leftover === "greet-again") say("220 mx.example.com ESMTP");
      if (leftover === "close-under-tls") stream.end();
    });
  };

  const encrypt = (then: () => void): void => {
    const { certificates, privateKey } = cert("healthy-rsa");
    raw.off("data", receive);
    const tls = new TLSSocket(raw, {
      isServer: true,
      secureContext: createSecureContext({
        cert: certificates,
        key: privateKey,
        minVersion: "TLSv1.2",
        ...behaviour.tls,
      }),
    });
    stream = tls.on("error", () => raw.destroy()).on("data", receive);
    tls.once("secure", then);
  };

  const greet = (): void => say("220 mx.example.com ESMTP");
  if (behaviour.implicit === true) encrypt(greet);
  else {
    raw.on("data", receive);
    greet();
  }
}
