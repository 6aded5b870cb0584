import { expect, onTestFinished, test } from "vitest";
import { listen, type ServerIdentity } from "../../src/wire/listen.ts";
import { connectTrusted, type TrustedTrouble } from "../../src/wire/trusted-tls.ts";
import { ca, cert } from "../kit/certs.ts";
import { makeCertificate } from "./make-certificate.ts";

const never = new AbortController().signal;

/** A port that speaks TLS with this identity from the first octet on. */
async function serve(identity: ServerIdentity): Promise<number> {
  const server = await listen("127.0.0.1", (connection) => void connection.startTls(identity));
  onTestFinished(() => server.close());
  return server.port;
}

async function connectTo(
  port: number,
  { name = "mx.example.com", pem = ca, deadlineMs = 2_000, signal = never } = {},
): Promise<"trusted" | TrustedTrouble> {
  const peer = { ip: "127.0.0.1", port, name, trust: { name: "ca-file", pem } };
  const result = await connectTrusted(peer, { deadlineMs, signal });
  if ("code" in result) return result;
  result.destroy();
  return "trusted";
}

test.each([
  ["healthy-ec", "mx.example.com"],
  ["healthy-rsa", "MX1.example.com"],
  ["wildcard", "dns.example.com"],
  ["intermediate", "mx.example.com"],
] as const)("a server with the certificate %s is trusted as %s", async (certificate, name) => {
  expect(await connectTo(await serve(cert(certificate)), { name })).toBe("trusted");
});

test("a server that stops at TLS 1.1 is not spoken to", async () => {
  const port = await serve({ ...cert("healthy-rsa"), maxVersion: "TLSv1.1" });
  expect(await connectTo(port)).toMatchObject({ code: "tls-handshake" });
});

test.each(["weak-key", "sha1"] as const)("the certificate %s is not trusted", async (name) => {
  const trouble = await connectTo(await serve(cert(name)));
  expect(trouble).toMatchObject({ code: "tls-handshake", message: expect.stringMatching(/weak/) });
});

test("a name in the common name alone does not count", async () => {
  const identity = makeCertificate({ commonName: "mx.example.com" });
  const trouble = await connectTo(await serve(identity), { pem: identity.certificates });
  expect(trouble).toMatchObject({
    code: "tls-handshake",
    message: "the resolver's certificate is not for mx.example.com",
  });
});

test("a server that never speaks is left at the deadline", async () => {
  const server = await listen("127.0.0.1", () => undefined);
  onTestFinished(() => server.close());
  expect(await connectTo(server.port, { deadlineMs: 100 })).toEqual({
    code: "dns-timeout",
    message: "the TLS handshake did not end within 100 ms",
  });
});

test("a server that hangs up or speaks something else is named so", async () => {
  const rude = await listen("127.0.0.1", (connection) => connection.close());
  const mail = await listen("127.0.0.1", (connection) => {
    void connection.write(Buffer.from("220 mx.example.com ESMTP\r\n"));
  });
  onTestFinished(() => Promise.all([rude.close(), mail.close()]).then(() => undefined));
  const hangUp = await connectTo(rude.port);
  expect(hangUp).toMatchObject({ code: expect.stringMatching(/closed-early|connect-reset/) });
  const greeting = await connectTo(mail.port);
  expect(greeting).toMatchObject({ code: "tls-handshake" });
});

test("an aborted signal ends the attempt at once", async () => {
  const controller = new AbortController();
  const server = await listen("127.0.0.1", () => controller.abort());
  onTestFinished(() => server.close());
  const { signal } = controller;
  expect(await connectTo(server.port, { signal })).toMatchObject({ code: "aborted" });
  expect(await connectTo(server.port, { signal })).toMatchObject({ code: "aborted" });
});
