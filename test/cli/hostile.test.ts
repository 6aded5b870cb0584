import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/core/report.ts";
import { reportSchema } from "../../src/report/schema.ts";
import { runCli } from "../kit/cli.ts";
import type { Query } from "../kit/dns-server.ts";
import * as evil from "../kit/hostile.ts";
import { makeCertificate } from "../wire/make-certificate.ts";

const deadlineMs = 2_000;
const validate = new Ajv2020({ allErrors: true }).compile(reportSchema);

/** Writes the largest resident size of the process, in KiB, when it ends. */
const meter = `import { appendFileSync } from "node:fs";
process.on("exit", () => appendFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));`;

interface Examined {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly json: string;
  readonly report: Report;
  readonly tookMs: number;
  readonly peakKiB: number;
}

async function examine(villain: evil.Villain): Promise<Examined> {
  const lair = await evil.startVillain(villain);
  const folder = await mkdtemp(join(tmpdir(), "maildoctor-"));
  const [peak, file] = [join(folder, "peak"), join(folder, "case.json")];
  const limits = ["--timeout", "1", "--deadline", String(deadlineMs / 1000)];
  const start = performance.now();
  try {
    const args = ["check", lair.domain, "-v", "-o", file, ...limits, ...lair.options];
    const env = {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(meter)}`,
      PEAK_FILE: peak,
    };
    const outcome = await runCli(args, { env });
    const tookMs = performance.now() - start;
    const json = await readFile(file, "utf8");
    const peakKiB = Number(await readFile(peak, "utf8"));
    return { ...outcome, json, report: JSON.parse(json) as Report, tookMs, peakKiB };
  } finally {
    await lair.close();
    await rm(folder, { recursive: true });
  }
}

// Everything that a terminal may obey or a reader cannot see; line feeds are ours.
const unsafe = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

let healthy: Examined;
beforeAll(async () => {
  healthy = await examine({});
});

test("the villains' servers are healthy where they are not told otherwise", () => {
  expect(healthy).toMatchObject({ code: 0, stderr: "" });
  expect(healthy.stdout).toMatch(/^Mail to example\.com arrives/);
});

/** ESC, OSC, BEL, CSI as one character, a bidirectional override, NUL, DEL, BS; one character an octet. */
const escapes = "\x1b[2J\x1b]0;owned\x07\xc2\x9b31m\xe2\x80\xae\0\x7f\b";
const forged = makeCertificate({
  commonName: `${escapes}mx.example.com`,
  dnsNames: [`mx.example.com\0${escapes}`],
});

type Case = readonly [
  what: string,
  villain: evil.Villain,
  exit: number | readonly number[],
  says: RegExp,
];

const speakers: readonly Case[] = [
  ["is silent", { mail: { greeting: evil.silence } }, 3, /greeting did not come/],
  ["trickles", { mail: { greeting: evil.trickle("220-mx ") } }, 3, /greeting did not end/],
  ["trickles lines", { mail: { greeting: evil.trickle("220-a\r\n") } }, 3, /did not end/],
  ["has a greeting without end", { mail: { greeting: evil.flood("220 on ") } }, 3, /longer than/],
  ["has lines without end", { mail: { greeting: evil.flood("220-on\r\n") } }, 3, /more than 128/],
  ["pours greetings", { mail: { greeting: evil.flood("220 mx\r\n") } }, 3, /spoke before/],
  [
    "pours binary",
    { mail: { greeting: evil.flood("\x80\x9b\xff\0\r\n\x1b") } },
    3,
    /not an SMTP reply/,
  ],
  ["mixes codes", { mail: { greeting: "220-mx\r\n554 no\r\n" } }, 3, /two codes/],
  ["numbers its greeting 2200", { mail: { greeting: "2200 mx\r\n" } }, 3, /not an SMTP reply/],
  ["greets with escapes", { mail: { greeting: `220 mx ${escapes}\r\n` } }, 0, /arrives/],
  ["extends with escapes", { mail: { EHLO: `250-mx\r\n250 X${escapes}\r\n` } }, 1, /unencrypted/],
  ["extends without end", { mail: { EHLO: evil.flood("250-X\r\n") } }, 3, /more than 128/],
  ["refuses with escapes", { mail: { RCPT: `550 5.7.1 ${escapes}\r\n` } }, 0, /arrives/],
  ["certifies escapes", { identity: forged }, 0, /certificate/],
  // Before or after the connection is established: that is a race in the kernel.
  ["resets at once", { mail: { greeting: evil.reset } }, [1, 3], /lost|Could not tell/],
  ["resets at EHLO", { mail: { EHLO: evil.reset } }, 3, /reset before the reply to EHLO/],
  ["resets at STARTTLS", { mail: { STARTTLS: evil.reset } }, 1, /encryption/],
  ["resets under TLS", { mail: { "EHLO~": evil.reset } }, 3, /./],
  ["resets at MAIL", { mail: { MAIL: evil.reset } }, 3, /./],
  ["resets at RCPT", { mail: { RCPT: evil.reset } }, 3, /arrives/],
  ["resets at QUIT", { mail: { QUIT: evil.reset } }, 0, /arrives/],
  ["hangs up at once", { mail: { greeting: evil.hangUp } }, 3, /Could not tell/],
  ["hangs up at EHLO", { mail: { EHLO: evil.hangUp } }, 3, /closed the connection before/],
  ["stalls at STARTTLS", { mail: { STARTTLS: evil.silence } }, 3, /reply to STARTTLS/],
  ["stalls in TLS", { mail: { tls: evil.silence } }, 3, /TLS handshake/],
  ["stalls at RCPT", { mail: { RCPT: evil.silence } }, 3, /arrives/],
  ["pours garbage for TLS", { mail: { tls: evil.flood("nonsense") } }, 1, /encryption/],
  ["injects", { mail: { STARTTLS: "220 go\r\n250 injected\r\n" } }, 1, /slipped into/],
];

/** Twelve octets that promise 65535 records of each kind. */
function bomb(query: Query): void {
  const reply = Buffer.alloc(12, 0xff);
  reply.set(query.bytes.subarray(0, 2));
  reply.set([0x81, 0x80], 2);
  query.send(reply);
}

const answersAll = (act: (query: Query) => void): evil.Villain => ({ dns: { any: act } });
const mx = (exchange: string, preference = 10) =>
  ({ type: "MX", name: "example.com", data: { preference, exchange } }) as const;
const many = Array.from({ length: 200 }, (_item, index) => mx(`mx${index}.example.com`));

const resolvers: readonly Case[] = [
  ["is silent", answersAll(() => undefined), 3, /Could not tell/],
  ["sends a bomb of counts", answersAll(bomb), 3, /Could not tell/],
  [
    "sends garbage",
    answersAll((query) => query.send(Buffer.alloc(400, 0xc0))),
    3,
    /Could not tell/,
  ],
  [
    "answers with escapes",
    {
      dns: {
        TXT: (query) =>
          query.answer([
            {
              type: "TXT",
              name: query.name,
              data: Buffer.from(`v=spf1 ${escapes} -all`, "latin1"),
            },
          ]),
        PTR: (query) =>
          query.answer([{ type: "PTR", name: query.name, data: `${escapes}.example.com` }]),
      },
    },
    1,
    /SPF/,
  ],
  [
    "names exchangers of control characters",
    { dns: { MX: (query) => query.answer([mx(`\x1b[2J\x07\u202e.example.com`)]) } },
    1,
    /lost/,
  ],
  [
    "names 200 exchangers, over TCP alone",
    {
      dns: { MX: (query) => query.answer([], { truncated: true }) },
      tcp: (query) => query.answer(many),
    },
    3,
    /Could not tell/,
  ],
];

async function judge([what, villain, exit, says]: Case): Promise<void> {
  const { code, stdout, stderr, json, report, ...cost } = await examine(villain);
  expect({ what, stderr }).toEqual({ what, stderr: "" });
  expect([exit].flat()).toContain(code);
  expect(stdout.split("\n")[0]).toMatch(says);
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  if (what.includes("escapes")) expect(stdout).toContain("\\x1b[2J");
  expect(json.match(unsafe)).toBeNull();
  expect(stdout.match(unsafe)).toBeNull();
  expect(report.durationMs).toBeLessThan(deadlineMs + 1_000);
  // Starting the program is not the server's doing.
  expect(cost.tookMs).toBeLessThan(deadlineMs + 1_000 + 2 * healthy.tookMs);
  expect(cost.peakKiB - healthy.peakKiB).toBeLessThan(64 * 1024);
}

describe.concurrent(
  "within time and memory, in a valid report without a control character:",
  () => {
    test.each(speakers)("a mail server that %s", (...one) => judge(one));
    test.each(resolvers)("a resolver that %s", (...one) => judge(one));
  },
);
