import { createServer, type AddressInfo, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import type { Answer } from "dns-packet";
import type { ServerIdentity } from "../../src/wire/listen.ts";
import { caFile, cert } from "./certs.ts";
import { startDnsServer, type Query, type Script } from "./dns-server.ts";

/**
 * What a server does in place of the reply to a verb.
 *
 * @param stream what the client speaks on: TLS once that is established
 * @param connection what lies below
 */
export type Act = (stream: Socket, connection: Socket) => void;

/** A domain whose servers are healthy but for what is written here. */
export interface Villain {
  /**
   * In place of the reply to a verb, to `greeting`, to `tls` (the handshake after STARTTLS), and
   * to a verb under TLS, written `EHLO~`.
   */
  readonly mail?: Readonly<Record<string, Act | string>>;
  readonly identity?: ServerIdentity;
  /** In place of the answer to questions of this type, or of `any`. */
  readonly dns?: Readonly<Record<string, (query: Query) => void>>;
  readonly tcp?: NonNullable<Script["tcp"]>;
}

/** The domain that a villain holds, and how to examine it. */
export interface Lair {
  readonly domain: string;
  /** Options that lead maildoctor here. */
  readonly options: readonly string[];
  close(): Promise<void>;
}

const domain = "example.com";
const host = "mx.example.com";
const ip = "192.0.2.25";

/** Starts a mail server and a DNS server on loopback. */
export async function startVillain({ mail, identity, dns, tcp }: Villain): Promise<Lair> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    converse(socket, mail ?? {}, identity ?? cert("healthy-ec"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const udp = (query: Query): void => (dns?.[query.type] ?? dns?.["any"] ?? honest)(query);
  const names = await startDnsServer({ udp, ...(tcp === undefined ? {} : { tcp }) });
  return {
    domain,
    options: Object.entries({
      "--resolver": `${names.ip}:${names.port}`,
      "--connect-to": `:25:127.0.0.1:${port}`,
      "--treat-as-public": "192.0.2.0/24",
      "--ca-file": caFile,
      "--ehlo-name": "client.example.net",
    }).flat(),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await names.close();
    },
  };
}

const records: Readonly<Record<string, Answer>> = {
  [`MX ${domain}`]: { type: "MX", name: domain, data: { preference: 10, exchange: host } },
  [`A ${host}`]: { type: "A", name: host, data: ip },
  "PTR 25.2.0.192.in-addr.arpa": { type: "PTR", name: "25.2.0.192.in-addr.arpa", data: host },
  [`TXT ${domain}`]: { type: "TXT", name: domain, data: "v=spf1 mx -all" },
  [`TXT _dmarc.${domain}`]: {
    type: "TXT",
    name: `_dmarc.${domain}`,
    data: "v=DMARC1; p=reject",
  },
};

/** Answers as the name server of a healthy domain. */
export function honest(query: Query): void {
  const record = records[`${query.type} ${query.name}`];
  query.answer(record === undefined ? [] : [record]);
}

const replies: Readonly<Record<string, string>> = {
  greeting: `220 ${host} ESMTP\r\n`,
  EHLO: `250-${host}\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-STARTTLS\r\n250 8BITMIME\r\n`,
  "EHLO~": `250-${host}\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n`,
  STARTTLS: "220 2.0.0 go ahead\r\n",
  MAIL: "250 2.1.0 Ok\r\n",
  "RCPT postmaster": "250 2.1.5 Ok\r\n",
  RCPT: "550 5.1.1 no such user\r\n",
  RSET: "250 2.0.0 Ok\r\n",
  QUIT: "221 2.0.0 Bye\r\n",
};

function converse(
  plain: Socket,
  acts: NonNullable<Villain["mail"]>,
  { certificates, privateKey }: ServerIdentity,
): void {
  let socket = plain;
  let encrypted = false;
  const act = (name: string): void => {
    const under = encrypted ? `${name}~` : name;
    const chosen = acts[under] ?? acts[name] ?? replies[under] ?? replies[name] ?? "500 what?\r\n";
    if (typeof chosen === "string") socket.write(chosen, "latin1");
    else chosen(socket, plain);
  };
  const onLine = (line: string): void => {
    const [verb = ""] = line.toUpperCase().split(" ");
    const asksPostmaster = /^RCPT TO:<postmaster@/i.test(line);
    act(verb === "RCPT" && asksPostmaster ? "RCPT postmaster" : verb);
    if (verb === "QUIT") socket.end();
    if (verb !== "STARTTLS" || encrypted) return;
    if (acts["tls"] !== undefined) return void plain.once("data", () => act("tls"));
    plain.removeAllListeners("data");
    encrypted = true;
    const secureContext = createSecureContext({ cert: certificates, key: privateKey });
    socket = new TLSSocket(plain, { isServer: true, secureContext });
    listenTo(socket, onLine);
  };
  listenTo(plain, onLine);
  act("greeting");
}

function listenTo(socket: Socket, onLine: (line: string) => void): void {
  let text = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => {
    const lines = (text + chunk.toString("latin1")).split("\r\n");
    text = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
}

/** Sends RST. */
export const reset: Act = (_stream, connection) => void connection.resetAndDestroy();

/** Sends FIN. */
export const hangUp: Act = (socket) => void socket.end();

/** Says nothing, for ever. */
export const silence: Act = () => undefined;

/** Sends these bytes, one each tenth of a second, and begins again. */
export function trickle(text: string): Act {
  return (socket) => {
    let at = 0;
    const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ""), 100);
    socket.once("close", () => clearInterval(timer));
  };
}

/** Sends the text as fast as it is taken, for ever. */
export function flood(text: string): Act {
  return (socket) => {
    const chunk = Buffer.from(text.repeat(Math.ceil(65_536 / text.length)), "latin1");
    const pour = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on("drain", pour);
    pour();
  };
}
