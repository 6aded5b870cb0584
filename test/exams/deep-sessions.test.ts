import { describe, expect, test } from "vitest";
import { serveStarttls } from "../kit/starttls-server.ts";
import { serveZones } from "../kit/zone.ts";
import { serve } from "../wire/server.ts";
import { examine, ofKind, startRun } from "./run-kit.ts";

const zone = `
$ORIGIN example.com.
@ 300 IN SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
@ 300 IN MX 10 mx
mx 300 IN A 192.0.2.1
two 300 IN MX 10 mx
two 300 IN MX 20 mx1
mx1 300 IN A 192.0.2.1
other 300 IN MX 10 mx
inside 300 IN MX 10 private
private 300 IN A 10.0.0.1
`;

const deepKinds = ["smtp-commands", "tls-anonymous", "command-injection", "tls-legacy"] as const;
const limits = { commandMs: 600, tlsMs: 1_000 };

async function start(port: number, options: { testInjection?: boolean; deep?: boolean } = {}) {
  const { resolver } = await serveZones([zone]);
  return startRun({
    resolver,
    connectTo: [`192.0.2.1:25:127.0.0.1:${port}`],
    limits,
    options: { deep: true, ...options },
  });
}

/** "tls-legacy ok", "command-injection not-requested" for each deep observation. */
function told(seen: Awaited<ReturnType<typeof examine>>): string[] {
  return deepKinds.flatMap((kind) =>
    ofKind(seen, kind).map(({ outcome, skipReason }) => `${kind} ${skipReason ?? outcome}`),
  );
}

test("nothing of it happens unasked", async () => {
  const server = await serveStarttls();
  const seen = await examine(await start(server.port, { deep: false }), "domain", "example.com");
  expect(server.connections).toBe(1);
  expect(told(seen)).toEqual([]);
});

describe("--deep", () => {
  test.each(["domain", "handshake"] as const)(
    "%s: three connections to an address, one after the other",
    async (exam) => {
      const server = await serveStarttls();
      const seen = await examine(await start(server.port), exam, "example.com");
      expect(told(seen)).toEqual([
        "smtp-commands ok",
        "tls-anonymous ok",
        "command-injection not-requested",
        "tls-legacy ok",
      ]);
      expect(server.connections).toBe(3);
      expect(server.mostAtOnce).toBe(1);
      const [commands] = ofKind(seen, "smtp-commands");
      expect(ofKind(seen, "tls-legacy")[0]?.dependsOn).toEqual([commands?.id]);
    },
  );

  test("every session that is still open ends with QUIT", async () => {
    const tls = { minVersion: "TLSv1", ciphers: "ALL:aNULL@SECLEVEL=0" } as const;
    const server = await serveStarttls({ tls });
    await examine(await start(server.port), "domain", "example.com");
    expect(server.received.filter((line) => line === "~QUIT")).toHaveLength(3);
  });

  test("with the injection there are still three, and the anonymous handshake is left out", async () => {
    const server = await serveStarttls({ leftover: "answer" });
    const seen = await examine(
      await start(server.port, { testInjection: true }),
      "domain",
      "example.com",
    );
    expect(told(seen)).toEqual([
      "smtp-commands ok",
      "tls-anonymous not-requested",
      "command-injection ok",
      "tls-legacy ok",
    ]);
    expect(ofKind(seen, "command-injection")[0]?.data).toMatchObject({
      outcome: { value: { state: "answered" } },
    });
    expect(server.connections).toBe(3);
  });

  test("a server without STARTTLS is asked for no TLS", async () => {
    const server = await serveStarttls({ replies: { EHLO: "250 mx.example.com" } });
    const seen = await examine(
      await start(server.port, { testInjection: true }),
      "domain",
      "example.com",
    );
    expect(told(seen)).toEqual([
      "smtp-commands ok",
      "tls-anonymous not-applicable",
      "command-injection not-applicable",
      "tls-legacy not-applicable",
    ]);
    expect(server.connections).toBe(2);
  });

  test("a server that agreed on an old version is not asked for one", async () => {
    const tls = {
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      ciphers: "DEFAULT@SECLEVEL=0",
    } as const;
    const server = await serveStarttls({ tls });
    const seen = await examine(await start(server.port), "domain", "example.com");
    expect(told(seen).at(-1)).toBe("tls-legacy not-applicable");
    expect(server.connections).toBe(2);
  });

  test.each([
    ["refuses the greeting", "554 No service\r\n"],
    ["sends us away", "421 4.7.0 Too many connections\r\n"],
  ])("a server that %s is not troubled again", async (_what, greeting) => {
    let connections = 0;
    const port = await serve((socket) => {
      connections += 1;
      socket.end(greeting);
    });
    const seen = await examine(await start(port), "domain", "example.com");
    expect(told(seen)).toEqual(deepKinds.map((kind) => `${kind} depends-on`));
    expect(connections).toBe(1);
  });

  test("a server that tires of our recipients is not troubled again", async () => {
    const server = await serveStarttls({ replies: { RCPT: "421 4.7.0 Too many errors" } });
    const seen = await examine(await start(server.port), "domain", "example.com");
    const [envelope] = ofKind(seen, "smtp-envelope");
    expect(ofKind(seen, "smtp-commands")).toMatchObject([
      { skipReason: "depends-on", dependsOn: [envelope?.id] },
    ]);
    expect(server.connections).toBe(1);
  });

  test("a server that tires of our commands is spared the third connection", async () => {
    const server = await serveStarttls({ replies: { EXPN: "421 4.7.0 Too many errors" } });
    const seen = await examine(await start(server.port), "domain", "example.com");
    expect(told(seen)).toEqual([
      "smtp-commands failed",
      "tls-anonymous failed",
      "command-injection not-requested",
      "tls-legacy depends-on",
    ]);
    expect(server.connections).toBe(2);
  });

  test("a server that does not answer one command is asked for its TLS all the same", async () => {
    const server = await serveStarttls({ replies: { EXPN: "" } });
    const seen = await examine(await start(server.port), "domain", "example.com");
    expect(told(seen)).toContain("tls-legacy ok");
    expect(server.connections).toBe(3);
  });
});

test("hosts and domains at one address share the extra sessions", async () => {
  const server = await serveStarttls();
  const run = await start(server.port);
  const both = await examine(run, "domain", "two.example.com");
  expect(server.connections).toBe(3);
  expect(ofKind(both, "tls-legacy").map(({ subject }) => subject.host)).toEqual([
    "mx.example.com",
    "mx1.example.com",
  ]);
  for (const { outcome, data } of ofKind(both, "tls-legacy"))
    expect({ outcome, data }).toMatchObject({ outcome: "ok", data: { trial: { known: true } } });

  const other = await examine(run, "domain", "other.example.com");
  expect(server.connections).toBe(4);
  const [commands] = ofKind(other, "smtp-commands");
  const [envelope] = ofKind(other, "smtp-envelope");
  expect(commands).toMatchObject({ outcome: "ok", dependsOn: [envelope?.id] });
  expect(ofKind(other, "tls-legacy")).toMatchObject([{ dependsOn: [commands?.id] }]);
});

test("an address that is not dialled is asked nothing", async () => {
  const server = await serveStarttls();
  const seen = await examine(await start(server.port), "domain", "inside.example.com");
  expect(told(seen)).toEqual(deepKinds.map((kind) => `${kind} not-applicable`));
  expect(server.connections).toBe(0);
});
