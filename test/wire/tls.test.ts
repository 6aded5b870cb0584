import type { Socket } from "node:net";
import { createSecureContext, TLSSocket, type SecureContextOptions } from "node:tls";
import { expect, test } from "vitest";
import type { ServerIdentity } from "../../src/wire/listen.ts";
import { ca, cert } from "../kit/certs.ts";
import { makeCertificate } from "./make-certificate.ts";
import { connectTo, host, serve, within } from "./server.ts";

const trust = { name: "ca-file", pem: ca };
const options = { mode: "implicit", host, trust } as const;
const awaited = { stage: "command", what: "the reply" } as const;

/** The server's side of TLS. */
function secure(raw: Socket, identity: ServerIdentity, more: SecureContextOptions = {}): TLSSocket {
  const socket = new TLSSocket(raw, {
    isServer: true,
    secureContext: createSecureContext({
      cert: identity.certificates,
      key: identity.privateKey,
      ciphers: "DEFAULT@SECLEVEL=0",
      ...more,
    }),
  });
  return socket.on("error", () => undefined);
}

async function handshakeWith(
  onConnection: (socket: Socket) => void,
  tlsMs = 2_000,
): Promise<Awaited<ReturnType<Awaited<ReturnType<typeof connectTo>>["startTls"]>>> {
  const connection = await connectTo(await serve(onConnection));
  return await connection.startTls(options, within(tlsMs));
}

test.each([
  ["TLSv1.3", "TLSv1.3"],
  ["TLSv1.2", "TLSv1.2"],
  ["TLSv1.1", "TLSv1.1"],
  ["TLSv1", "TLSv1"],
] as const)("completes with a server of %s and records the facts", async (maxVersion, version) => {
  const more = { maxVersion, minVersion: "TLSv1" } as const;
  const result = await handshakeWith((raw) => secure(raw, cert("healthy-rsa"), more));
  expect(result).toMatchObject({
    facts: {
      mode: "implicit",
      serverName: host,
      version,
      trusted: true,
      trustStore: "ca-file",
      referenceIdentifier: host,
      nameMatch: "exact",
      cipher: expect.stringMatching(/^TLS_[A-Z0-9_]+$/) as string,
    },
  });
});

test("records the chain as sent, without issuers of our own store", async () => {
  const alone = await handshakeWith((raw) => secure(raw, cert("healthy-ec")));
  expect(alone).toMatchObject({ facts: { chain: { length: 1 }, trusted: true } });
  const two = await handshakeWith((raw) => secure(raw, cert("intermediate")));
  expect(two).toMatchObject({ facts: { chain: { length: 2 }, trusted: true } });
  const missing = await handshakeWith((raw) => secure(raw, cert("missing-intermediate")));
  expect(missing).toMatchObject({
    facts: {
      chain: { length: 1 },
      trusted: false,
      trustError: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    },
  });
});

test("key exchange is recorded, and absent where it was not ephemeral", async () => {
  const ephemeral = await handshakeWith((raw) => secure(raw, cert("healthy-rsa")));
  expect(ephemeral).toMatchObject({ facts: { keyExchange: "X25519" } });
  const more = { ciphers: "AES128-GCM-SHA256", maxVersion: "TLSv1.2" } as const;
  const rsa = await handshakeWith((raw) => secure(raw, cert("healthy-rsa"), more));
  expect(rsa).toMatchObject({ facts: { cipher: "TLS_RSA_WITH_AES_128_GCM_SHA256" } });
  if ("facts" in rsa) expect(rsa.facts.keyExchange).toBeUndefined();
});

test("no server name is sent for an address", async () => {
  const port = await serve((raw) => secure(raw, cert("healthy-rsa")));
  const connection = await connectTo(port);
  const result = await connection.startTls({ ...options, host: "192.0.2.1" }, within(2_000));
  if ("failure" in result) throw new Error(result.failure.message);
  expect(result.facts.serverName).toBeUndefined();
  expect(result.facts.nameMatch).toBe("none");
});

const alert = Buffer.from("15030300020228", "hex");

test.each([
  ["an alert", (raw: Socket) => raw.end(alert), "tls-alert", "handshake failure"],
  ["plain text", (raw: Socket) => raw.write("220 mx ESMTP\r\n"), "wrong-protocol", "plain SMTP"],
  ["garbage", (raw: Socket) => raw.write("\0\0\0\0\0\0"), "wrong-protocol", "unknown protocol"],
  ["a FIN", (raw: Socket) => raw.end(), "closed-early", "closed"],
  [
    "a FIN in a record",
    (raw: Socket) => raw.end(Buffer.from("160303", "hex")),
    "closed-early",
    "closed",
  ],
  [
    "a broken record",
    (raw: Socket) => raw.end(Buffer.from("16030300040b000000", "hex")),
    "tls-handshake",
    "failed",
  ],
])("%s instead of a ServerHello is named", async (_what, act, code, message) => {
  const result = await handshakeWith((raw) => {
    raw.once("data", () => act(raw));
  });
  expect(result).toMatchObject({ failure: { stage: "tls", code } });
  if ("failure" in result) expect(result.failure.message).toContain(message);
});

test("a reset during the handshake is named", async () => {
  const result = await handshakeWith((raw) => raw.once("data", () => raw.resetAndDestroy()));
  expect(result).toMatchObject({ failure: { code: "connect-reset" } });
});

test("silence and drip in the handshake end at its deadline", async () => {
  const silent = await handshakeWith(() => undefined, 80);
  expect(silent).toMatchObject({ failure: { code: "read-timeout" }, heard: "silence" });
  const drip = await handshakeWith((raw) => {
    raw.write(Buffer.from("1603030400", "hex"));
    const timer = setInterval(() => raw.write("\0"), 10);
    raw.on("close", () => clearInterval(timer));
  }, 80);
  expect(drip).toMatchObject({ failure: { code: "too-slow" }, heard: "tls" });
});

test("a certificate beyond all measure is refused, with little memory", async () => {
  const dnsNames = Array.from({ length: 6_000 }, (_, index) => `host-number-${index}.example.com`);
  const identity = makeCertificate({ dnsNames });
  const result = await handshakeWith((raw) => secure(raw, identity));
  expect(result).toMatchObject({ failure: { code: "tls-handshake" } });
});

test("a flood in the handshake ends at the limit of the connection", async () => {
  const result = await handshakeWith((raw) => {
    // OpenSSL skips warning alerts, but not for ever.
    const chunk = Buffer.alloc(7_000, Buffer.from("1503030002015a", "hex"));
    const send = (): void => {
      while (!raw.destroyed && raw.write(chunk));
    };
    raw.on("drain", send);
    raw.once("data", send);
  });
  if (!("failure" in result)) throw new Error("no failure");
  expect(["too-large", "tls-handshake", "tls-alert"]).toContain(result.failure.code);
});

test("octets before the handshake are never handed to TLS", async () => {
  const port = await serve((raw) => {
    raw.write("220 go\r\n250 injected\r\n");
    secure(raw, cert("healthy-rsa"));
  });
  const connection = await connectTo(port);
  await connection.readLine(awaited, within(2_000));
  const result = await connection.startTls(options, within(2_000));
  expect(result).toMatchObject({ failure: { code: "early-plaintext" } });
  expect(connection.encrypted).toBe(false);
  expect(connection.open).toBe(false);
});

test("lines are exchanged under TLS, and close_notify is an end like FIN", async () => {
  const port = await serve((raw) => {
    const socket = secure(raw, cert("healthy-rsa"));
    socket.on("data", (bytes: Buffer) => socket.end(`echo ${bytes.toString()}`));
  });
  const connection = await connectTo(port);
  await connection.startTls(options, within(2_000));
  expect(connection.encrypted).toBe(true);
  await connection.writeLine("hello", awaited, within(2_000));
  expect(await connection.readLine(awaited, within(2_000))).toMatchObject({
    line: { bytes: Buffer.from("echo hello") },
  });
  expect(await connection.readLine(awaited, within(2_000))).toMatchObject({
    failure: { code: "closed-early", message: "the server closed the connection before the reply" },
  });
});

test("a connection that is cut without close_notify is told from one that ends", async () => {
  const port = await serve((raw) => {
    const socket = secure(raw, cert("healthy-rsa"));
    socket.on("data", () => {
      socket.write("250 half", () => raw.end());
    });
  });
  const connection = await connectTo(port);
  await connection.startTls(options, within(2_000));
  await connection.writeLine("hello", awaited, within(2_000));
  const result = await connection.readLine(awaited, within(2_000));
  expect(result).toMatchObject({ failure: { code: "closed-early" } });
  if ("failure" in result) expect(result.failure.message).toContain("without ending TLS");
});

test("a reset under TLS is a reset", async () => {
  const port = await serve((raw) => {
    const socket = secure(raw, cert("healthy-rsa"));
    socket.on("data", () => raw.resetAndDestroy());
  });
  const connection = await connectTo(port);
  await connection.startTls(options, within(2_000));
  await connection.writeLine("hello", awaited, within(2_000));
  expect(await connection.readLine(awaited, within(2_000))).toMatchObject({
    failure: { code: "connect-reset" },
  });
});

test("a flood under TLS ends at the limit of the connection", async () => {
  const port = await serve((raw) => {
    const socket = secure(raw, cert("healthy-rsa"));
    const send = (): void => {
      while (!socket.destroyed && socket.write("250-x\r\n".repeat(1_000)));
    };
    socket.on("drain", send);
    socket.on("data", send);
  });
  const connection = await connectTo(port);
  await connection.startTls(options, within(2_000));
  await connection.writeLine("hello", awaited, within(2_000));
  for (;;) {
    const result = await connection.readLine(awaited, within(5_000));
    if ("line" in result) continue;
    expect(result.failure.code).toBe("too-large");
    break;
  }
});

test("a name that cannot be sent is a failure, not an exception", async () => {
  const port = await serve((raw) => secure(raw, cert("healthy-rsa")));
  const connection = await connectTo(port);
  const long = `${"x".repeat(300)}.example.com`;
  const result = await connection.startTls({ ...options, host: long }, within(500));
  if ("facts" in result) expect(result.facts.nameMatch).toBe("none");
  else expect(result.failure.stage).toBe("tls");
});

test("a server that ends TLS during the handshake has closed early", async () => {
  const result = await handshakeWith((raw) => {
    raw.once("data", () => raw.write(Buffer.from("15030300020100", "hex")));
  });
  expect(result).toMatchObject({ failure: { code: "closed-early" } });
});

test("an alert after the handshake is named", async () => {
  const port = await serve((raw) => {
    const socket = new TLSSocket(raw, {
      isServer: true,
      requestCert: true,
      rejectUnauthorized: true,
      secureContext: createSecureContext({
        cert: cert("healthy-rsa").certificates,
        key: cert("healthy-rsa").privateKey,
        minVersion: "TLSv1.3",
      }),
    });
    socket.on("error", () => undefined);
  });
  const connection = await connectTo(port);
  await connection.startTls(options, within(2_000));
  const result = await connection.readLine(awaited, within(2_000));
  expect(result).toMatchObject({ failure: { stage: "command" } });
  if ("failure" in result) expect(result.failure.code).toMatch(/^(tls-alert|closed-early)$/);
});
