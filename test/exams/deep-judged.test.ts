import { expect, test } from "vitest";
import { allChecks } from "../../src/checks/index.ts";
import { judge } from "../../src/checks/judge.ts";
import { everything } from "../../src/checks/profile.ts";
import { createEvidence } from "../../src/core/evidence.ts";
import { serveStarttls, type Leftover } from "../kit/starttls-server.ts";
import { serveZones } from "../kit/zone.ts";
import { examine, startRun } from "./run-kit.ts";

const zone = `
$ORIGIN example.com.
@ 300 IN SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
`;

const deepChecks = [
  "smtp/vrfy-reveals",
  "smtp/expn-reveals",
  "smtp/starttls-command-injection",
  "tls/legacy-versions",
  "tls/anonymous-key-exchange",
];

const old = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
const anonymous = { ciphers: "ALL:aNULL@SECLEVEL=0" } as const;

/** Knows the postmaster alone. */
const vrfy = (line: string): string =>
  line === "VRFY postmaster" ? "250 2.1.5 <postmaster@example.com>" : "550 5.1.1 User unknown";

type Behaviour = NonNullable<Parameters<typeof serveStarttls>[0]>;

/** What the deep checks say of a server, over sockets; at most three of them. */
async function complaints(behaviour: Behaviour, testInjection = false): Promise<string[]> {
  const { resolver } = await serveZones([zone]);
  const server = await serveStarttls(behaviour);
  const connectTo = [`:2525:127.0.0.1:${server.port}`];
  const options = { deep: true, testInjection };
  const limits = { commandMs: 600, tlsMs: 1_000 };
  const run = startRun({ resolver, connectTo, limits, options });
  const seen = await examine(run, "handshake", "127.0.0.1:2525");
  const findings = judge(createEvidence(seen.observations), {
    checks: allChecks.filter(({ id }) => deepChecks.includes(id)),
    profile: everything,
    now: new Date(seen.startedAt),
    target: "127.0.0.1",
  });
  expect(server.connections).toBeLessThanOrEqual(3);
  expect(new Set(findings.map(({ checkId }) => checkId))).toEqual(new Set(deepChecks));
  return findings.flatMap(({ checkId, message, severity, verdict }) => {
    if (verdict === "inconclusive") return [`${checkId} cannot tell`];
    return verdict === "problem" ? [`${checkId}:${message} ${severity}`] : [];
  });
}

test.each<[what: string, behaviour: Behaviour, says: string]>([
  ["tells names apart", { replies: { VRFY: vrfy } }, "smtp/vrfy-reveals:enumerable note"],
  [
    "expands addresses",
    { replies: { EXPN: "250 2.1.5 <joe@example.com>" } },
    "smtp/expn-reveals:reveals warning",
  ],
  ["has old TLS", { tls: old }, "tls/legacy-versions:accepted warning"],
  ["has anonymous TLS", { tls: anonymous }, "tls/anonymous-key-exchange:accepted note"],
])("a server that %s has this one problem", async (_what, behaviour, says) => {
  expect(await complaints(behaviour)).toEqual([says]);
});

test.each<[what: string, behaviour: Behaviour]>([
  ["answers 252 and knows TLS 1.2 and 1.3", {}],
  ["knows TLS 1.3 alone", { tls: { minVersion: "TLSv1.3" } }],
  ["knows none of the commands", { replies: { VRFY: "502 No", EXPN: "502 No", HELP: "502 No" } }],
  ["has no STARTTLS", { replies: { EHLO: "250 mx.example.com" } }],
  [
    "says yes to everything",
    { replies: { VRFY: "250 Ok", EXPN: "250 Ok", HELP: "250 Ok", MAILDOCTOR: "250 Ok" } },
  ],
  [
    "denies relaying for the invented name",
    {
      replies: {
        VRFY: (line) =>
          line === "VRFY postmaster" ? "252 postmaster" : "554 5.7.1 Relay access denied",
      },
    },
  ],
])("a server that %s raises no word", async (_what, behaviour) => {
  expect(await complaints(behaviour)).toEqual([]);
});

test.each<[leftover: Leftover, says: string[]]>([
  ["answer", ["smtp/starttls-command-injection:obeyed error"]],
  ["answer-late", ["smtp/starttls-command-injection:shifted error"]],
  ["answer-in-clear", ["smtp/starttls-command-injection cannot tell"]],
  ["discard", []],
  ["refuse", []],
  ["close", []],
])(
  "--test-injection, where the server does this with what was slipped in: %s",
  async (leftover, says) => {
    expect(await complaints({ leftover }, true)).toEqual(says);
  },
);
