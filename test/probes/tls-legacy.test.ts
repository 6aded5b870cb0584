import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { tlsLegacy, type LegacySubject } from "../../src/probes/tls-legacy.ts";
import type { ObservationOf } from "../../src/probes/kinds.ts";
import { serveStarttls } from "../kit/starttls-server.ts";
import { serve } from "../wire/server.ts";
import { createTestContext } from "./smtp-context.ts";

const old = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;

async function shake(
  port: number,
  security: LegacySubject["security"] = "starttls",
): Promise<ObservationOf<"tls-legacy">> {
  const { ctx, recorded } = createTestContext({ limits: { tlsMs: 400, commandMs: 400 } });
  const subject = { host: "mx.example.com", ip: "127.0.0.1", port, security };
  const seen = await tlsLegacy(subject, ctx, ["smtp-commands:x"]);
  expect(recorded).toEqual([seen]);
  return seen;
}

/** Says hello, agrees to STARTTLS, and then does this instead of TLS. */
function insteadOfTls(act: (socket: Socket) => void): Promise<number> {
  return serve((socket) => {
    socket.write("220 mx.example.com ESMTP\r\n");
    socket.on("data", (bytes: Buffer) => {
      const text = bytes.toString("latin1");
      if (text.startsWith("EHLO")) socket.write("250-mx.example.com\r\n250 STARTTLS\r\n");
      else if (text.startsWith("STARTTLS")) socket.write("220 Ready\r\n");
      else act(socket);
    });
  });
}

test.each(["starttls", "implicit"] as const)("%s: old versions are agreed on", async (security) => {
  const server = await serveStarttls({ tls: old, implicit: security === "implicit" });
  const seen = await shake(server.port, security);
  expect(seen).toMatchObject({
    outcome: "ok",
    dependsOn: ["smtp-commands:x"],
    data: {
      trial: {
        value: {
          accepted: true,
          version: "TLSv1.1",
          cipher: expect.stringMatching(/^TLS_/) as string,
        },
      },
    },
  });
  expect(server.received.at(-1)).toBe("~QUIT");
  expect(server.connections).toBe(1);
});

test("TLS 1.0 alone is found as well", async () => {
  const server = await serveStarttls({ tls: { ...old, maxVersion: "TLSv1" } });
  expect(await shake(server.port)).toMatchObject({
    data: { trial: { value: { accepted: true, version: "TLSv1" } } },
  });
});

test.each(["starttls", "implicit"] as const)("%s: an alert is a refusal", async (security) => {
  const server = await serveStarttls({ implicit: security === "implicit" });
  expect(await shake(server.port, security)).toMatchObject({
    outcome: "ok",
    data: {
      trial: {
        known: true,
        value: { accepted: false, how: expect.stringContaining("protocol version") as string },
      },
    },
  });
});

test("hanging up in the middle of the handshake is a refusal", async () => {
  for (const act of [
    (socket: Socket) => void socket.end(),
    (socket: Socket) => void socket.resetAndDestroy(),
  ])
    expect(await shake(await insteadOfTls(act))).toMatchObject({
      data: { trial: { known: true, value: { accepted: false } } },
    });
});

test("an error of our own TLS library is no refusal", async () => {
  // A ServerHello of TLS 1.2, which was not offered.
  const hello = Buffer.from(`160303002a020000260303${"00".repeat(32)}00c02f00`, "hex");
  const seen = await shake(await insteadOfTls((socket) => void socket.write(hello)));
  expect(seen).toMatchObject({
    outcome: "failed",
    failure: { stage: "tls", code: "tls-handshake" },
    data: { trial: { known: false } },
  });
});

test("silence is no refusal", async () => {
  const seen = await shake(await insteadOfTls(() => undefined));
  expect(seen).toMatchObject({
    failure: { code: "read-timeout" },
    data: { trial: { known: false, cause: { failure: { code: "read-timeout" } } } },
  });
});

test("a server that is not there leaves it open", async () => {
  expect(await shake(1)).toMatchObject({
    failure: { code: "connect-refused" },
    data: { trial: { known: false } },
  });
});

test("STARTTLS that is put off leaves it open", async () => {
  const port = await serve((socket) => {
    socket.write("220 mx.example.com ESMTP\r\n");
    socket.on("data", (bytes: Buffer) =>
      socket.write(
        bytes.toString("latin1").startsWith("STARTTLS") ? "454 later\r\n" : "250 Ok\r\n",
      ),
    );
  });
  expect(await shake(port)).toMatchObject({ failure: { code: "starttls-refused" } });
});
