import { createSecureContext, TLSSocket, type SecureContextOptions } from "node:tls";
import { expect, test } from "vitest";
import type { Offer } from "../../src/wire/tls.ts";
import { ca, cert } from "../kit/certs.ts";
import { connectTo, host, serve, within } from "./server.ts";

const trust = { name: "ca-file", pem: ca };
const everything = { minVersion: "TLSv1", ciphers: "ALL:aNULL@SECLEVEL=0" } as const;

async function offerTo(offer: Offer, server: SecureContextOptions) {
  const { certificates, privateKey } = cert("healthy-rsa");
  const secureContext = createSecureContext({ cert: certificates, key: privateKey, ...server });
  const port = await serve((raw) => {
    new TLSSocket(raw, { isServer: true, secureContext }).on("error", () => undefined);
  });
  const connection = await connectTo(port);
  return await connection.startTls({ mode: "implicit", host, trust, offer }, within(2_000));
}

test.each<[offer: Offer, version: string, cipher: RegExp]>([
  ["everything", "TLSv1.3", /^TLS_AES_/],
  ["legacy-versions", "TLSv1.1", /_RSA_/],
  ["anonymous", "TLSv1.2", /_anon_/],
])("an offer of %s is met by a server that can do all", async (offer, version, cipher) => {
  expect(await offerTo(offer, everything)).toMatchObject({
    facts: { version, cipher: expect.stringMatching(cipher) as string },
  });
});

test("an anonymous key exchange comes without a chain, and untrusted", async () => {
  expect(await offerTo("anonymous", everything)).toMatchObject({
    facts: { chain: [], trusted: false, nameMatch: "none" },
  });
});

test.each<[offer: Offer, says: RegExp]>([
  ["legacy-versions", /protocol version/],
  ["anonymous", /handshake failure/],
])("an offer of %s is refused by a current server with an alert", async (offer, says) => {
  expect(await offerTo(offer, { minVersion: "TLSv1.2" })).toMatchObject({
    failure: { code: "tls-alert", message: expect.stringMatching(says) as string },
  });
});
