import { createSocket } from "node:dgram";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../../src/core/report.ts";
import { startDemo, type Demo } from "../../src/demo/internet.ts";
import { runCli } from "../kit/cli.ts";

let demo: Demo;
let options: string[];

beforeAll(async () => {
  demo = await startDemo();
  const { resolver, connectTo, caFile, treatAsPublic } = demo.options;
  options = [
    "--resolver",
    resolver,
    "--ca-file",
    caFile,
    ...connectTo.flatMap((rule) => ["--connect-to", rule]),
    ...treatAsPublic.flatMap((range) => ["--treat-as-public", range]),
  ];
});
afterAll(() => demo.close());

test("check prints the verdict first and exits by what it found", async () => {
  const [healthy, sick] = await Promise.all([
    runCli(["check", "healthy.example", ...options]),
    runCli(["check", "no-starttls.example", ...options]),
  ]);
  expect(healthy).toMatchObject({ code: 0, stderr: "" });
  expect(healthy.stdout).toMatch(/^Mail to healthy\.example arrives\n/);
  expect(sick).toMatchObject({ code: 1, stderr: "" });
  expect(sick.stdout).toMatch(/^ERROR {4}mx2\.no-starttls\.example/m);
});

test("json is one document for one target and an envelope for several", async () => {
  const one = await runCli(["check", "healthy.example", "--format", "json", ...options]);
  const report = JSON.parse(one.stdout) as Report;
  expect(report).toMatchObject({ schemaVersion: 1, exam: "domain" });
  const ids = new Set(report.observations.map(({ id }) => id));
  expect(report.findings.every(({ cites }) => cites.every((id) => ids.has(id)))).toBe(true);
  const two = await runCli([
    "check",
    "no-starttls.example",
    "healthy.example",
    "--format",
    "json",
    ...options,
  ]);
  const { reports } = JSON.parse(two.stdout) as { reports: Report[] };
  expect(reports.map(({ target }) => target.domain)).toEqual([
    "no-starttls.example",
    "healthy.example",
  ]);
});

test("a list goes on after an impossible line, and the exit code says so", async () => {
  const { code, stdout, stderr } = await runCli(["check", "-", "--format", "ndjson", ...options], {
    input: "# mine\nhealthy.example\nim possible\nnull-mx.example\n",
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^maildoctor: line 3: .*\n$/);
  const lines = stdout.trimEnd().split("\n");
  const reports = lines.map((line) => JSON.parse(line) as Report);
  expect(reports.map(({ target }) => target.domain).toSorted()).toEqual([
    "healthy.example",
    "null-mx.example",
  ]);
  expect(stdout).not.toContain('"transcript"');
});

test("reports also go into files, each in its format", async () => {
  const folder = await mkdtemp(join(tmpdir(), "maildoctor-"));
  const [data, text] = [join(folder, "case.json"), join(folder, "report.log")];
  const { code } = await runCli([
    "check",
    "healthy.example",
    "-o",
    data,
    "-o",
    `terminal:${text}`,
    "--color",
    ...options,
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(await readFile(data, "utf8"))).toMatchObject({ exam: "domain" });
  expect(await readFile(text, "utf8")).toMatch(/^Mail to healthy\.example arrives\n/);
});

test("mx walks the route without a connection, smtp shows the handshake", async () => {
  const mx = await runCli(["mx", "healthy.example", ...options]);
  expect(mx.code).toBe(0);
  expect(mx.stdout).toMatch(/A sender tries, in this order:\n +1\. \S+, preference/);
  expect(mx.stdout).not.toContain("EHLO");
  const smtp = await runCli(["smtp", "healthy.example", ...options]);
  expect(smtp.code).toBe(0);
  expect(smtp.stdout).toMatch(/ ms {2}-> EHLO /);
  expect(smtp.stdout).toMatch(/ ms {2}~> EHLO /);
  expect(smtp.stdout).not.toContain("RCPT");
});

test("--only, --fail-on and --inconclusive change the exit code", async () => {
  const run = (...args: string[]) => runCli(["check", ...args, ...options]);
  const [dns, strict, open, ignored] = await Promise.all([
    run("no-starttls.example", "--only", "mx"),
    run("expired-cert.example", "--fail-on", "warning"),
    run("servfail.example"),
    run("servfail.example", "--inconclusive", "ignore"),
  ]);
  expect([dns.code, strict.code, open.code, ignored.code]).toEqual([0, 1, 3, 0]);
});

test("a closed standard output is a quiet end", async () => {
  const args = ["check", "healthy.example", "no-starttls.example", ...options];
  const { stderr } = await runCli(args, { during: (child) => child.stdout?.destroy() });
  expect(stderr).toBe("");
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends a session with a silent server in a partial report",
  async (name) => {
    const silent = createServer();
    const connected = new Promise<Socket>((resolve) => silent.on("connection", resolve));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const resolver = createSocket("udp4").bind(0, "127.0.0.1");
    await new Promise((resolve) => resolver.once("listening", resolve));
    try {
      const args = ["smtp", `127.0.0.1:${port}`, "--format", "json"];
      let interruptedAt = 0;
      const { code, stdout, stderr } = await runCli(
        [...args, "--resolver", `127.0.0.1:${resolver.address().port}`, "--ehlo-name", "a.example"],
        {
          during: (child) =>
            void connected.then(() => {
              interruptedAt = performance.now();
              child.kill(name);
            }),
        },
      );
      expect(performance.now() - interruptedAt).toBeLessThan(1_500);
      expect(code).toBe(name === "SIGINT" ? 130 : 143);
      expect(stderr).toBe("");
      const report = JSON.parse(stdout) as Report;
      expect(report.summary.ended).toBe("aborted");
      expect(report.observations.some(({ kind }) => kind === "smtp-hello")).toBe(true);
    } finally {
      resolver.close();
      (await connected).destroy();
      silent.close();
    }
  },
);

test("the demo tells one story and confirms it", async () => {
  const { code, stdout, stderr } = await runCli(["demo", "no-starttls.example"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/came out as its story says\./);
  expect(stdout).toMatch(/^\$ maildoctor check no-starttls\.example$/m);
});
