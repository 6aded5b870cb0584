import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { cameOutAs } from "../../src/cli/demo-expectation.ts";
import { optionsFor } from "../../src/cli/commands/demo-serve.ts";
import type { Report } from "../../src/core/report.ts";
import { scenarios } from "../../src/demo/scenarios/index.ts";
import { runCli, type Outcome } from "../kit/cli.ts";

const root = resolve(import.meta.dirname, "../..");

let all: Outcome;
let reports: readonly Report[];
let tookMs: number;

beforeAll(async () => {
  const begin = performance.now();
  all = await runCli(["demo", "--format", "ndjson"]);
  tookMs = performance.now() - begin;
  reports = all.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Report);
}, 30_000);

const reportOf = (domain: string): Report | undefined =>
  reports.find(({ target }) => target.domain === domain);

test("the demo examines every domain in seconds, and all come out as told", () => {
  expect(all.stderr).toBe("");
  expect(reports.map(({ target }) => target.domain).toSorted()).toEqual(
    scenarios.map(({ domain }) => domain).toSorted(),
  );
  expect(all.code).toBe(0);
  expect(tookMs).toBeLessThan(15_000);
});

test.each(scenarios)("$domain: $title", ({ domain, expect: expected }) => {
  const report = reportOf(domain);
  const said = report?.findings
    .filter(({ verdict, severity }) => verdict === "problem" && severity !== "note")
    .map(({ checkId, message }) => `${checkId}:${message}`);
  const told = report !== undefined && cameOutAs(expected, report);
  expect({ domain, told, said }).toEqual({ domain, told: true, said });
});

test("the verdict sentence names the defect of at least 95 of 100 domains, and of every healthy one that mail arrives", () => {
  const named = (list: typeof scenarios) =>
    list.filter(({ domain, names }) => names.test(reportOf(domain)?.summary.headline ?? ""));
  const healthy = scenarios.filter((scenario) => scenario.expect.verdict === "healthy");
  const sick = scenarios.filter((scenario) => scenario.expect.verdict !== "healthy");
  expect(named(healthy)).toEqual(healthy);
  expect(named(sick).length / sick.length).toBeGreaterThanOrEqual(0.95);
});

test("no healthy domain raises an error or a warning", () => {
  for (const { domain, expect: expected } of scenarios) {
    const problems = reportOf(domain)?.summary.problems;
    if (expected.verdict === "healthy") expect(problems).toMatchObject({ error: 0, warning: 0 });
  }
});

test("without a domain, each has one line, one is shown in full, and the last word is the result", async () => {
  const { code, stdout, stderr } = await runCli(["demo"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = stdout.split("\n");
  for (const { domain, title } of scenarios.filter((one) => !one.domain.startsWith("xn--")))
    expect(lines.some((line) => line.includes(` ${domain} `) && line.endsWith(title))).toBe(true);
  expect(lines).toContainEqual(expect.stringMatching(/^OK {7}münchen\.example +healthy/));
  expect(lines).toContainEqual(expect.stringMatching(/^ERROR {4}no-starttls\.example +/));
  expect(lines).toContainEqual(expect.stringMatching(/^WARNING {2}masked\.example +/));
  expect(lines).toContainEqual(expect.stringMatching(/^UNKNOWN {2}silent\.example +/));
  expect(stdout).toMatch(/\nMail to no-starttls\.example arrives, but .*\n\nERROR {4}mx2/);
  expect(stdout).toMatch(/All \d+ domains came out as their stories say\.\n\nWhat to try next:/);
  expect(lines.length).toBeLessThan(130);
  expect(lines.filter((line) => line.length > 80 && !line.startsWith("Mail to"))).toEqual([]);
});

test("several domains are told one after the other, typed as people write them", async () => {
  const { code, stdout, stderr } = await runCli(["demo", "münchen.example", "self-signed.example"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/1 of 2\. xn--mnchen-3ya\.example: healthy/);
  expect(stdout).toMatch(/2 of 2\. self-signed\.example: /);
  expect(stdout).toMatch(/All 2 domains came out as their stories say\./);
});

test("the tour shows every stop on a run just made, and a sick domain at each", async () => {
  const { code, stdout, stderr } = await runCli(["demo", "--tour"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const stops = stdout.split(/\n\n(?=\d\. )/).slice(1);
  expect(stops.length).toBeGreaterThan(5);
  for (const stop of stops) {
    expect(stop).toMatch(/\n {5}\| .*\S/);
    expect(stop).toMatch(/\n {3}Where it breaks: \S/);
  }
  expect(stdout).toContain(
    "| healthy.example MX -> 10 mx1.healthy.example, 20 mx2.healthy.example",
  );
  expect(stdout).toMatch(/<~ {2}250.AUTH PLAIN LOGIN/);
  expect(stdout).toMatch(/<~ {2}\* OK \[CAPABILITY IMAP4rev1/);
  expect(stdout).toMatch(/Where it breaks: Mail to typo-mx\.example is lost/);
  expect(stdout.trimEnd().split("\n").at(-1)).toContain("maildoctor demo ");
});

test("--serve prints options that work in another process, until it is interrupted", async () => {
  const args = [join(root, "bin/maildoctor.js"), "demo", "--serve"];
  const env = { PATH: process.env["PATH"], LANG: "C.UTF-8", SHELL: "/bin/sh" };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  let printed = "";
  await new Promise<void>((ready) => {
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString("utf8");
      if (/\n {2}maildoctor smtp masked\.example.*\n$/.test(printed)) ready();
    });
  });
  try {
    const assignment = /^OPTS=.*$/m.exec(printed)?.[0] ?? "";
    const commands = [...printed.matchAll(/^ {2}(maildoctor .*?\$OPTS\S*)/gm)].map(
      ([, command = ""]) => command,
    );
    expect(commands.length).toBeGreaterThan(4);
    const script = [
      `maildoctor() { "${process.execPath}" "${join(root, "bin/maildoctor.js")}" "$@"; }`,
      assignment,
      ...commands.map((command) => `${command}; echo "exit code $?"`),
    ];
    const shell = spawn("/bin/sh", ["-c", script.join("\n")], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    shell.stdout.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    await once(shell, "close");
    expect(output).toMatch(/^Mail to healthy\.example arrives\n/);
    expect(output).toMatch(/^Mail to no-starttls\.example arrives, but /m);
    expect(output).toMatch(/^Mail to odd-replies\.example arrives\n/m);
    expect(output).toMatch(/^submit\.healthy\.example speaks SMTP$/m);
    expect(output.match(/exit code (?!0|1|3)/)).toBeNull();
    expect(output.match(/exit code \d/g)).toHaveLength(commands.length);
  } finally {
    child.kill("SIGINT");
  }
  const begin = performance.now();
  expect(await closed).toEqual([130, null]);
  expect(performance.now() - begin).toBeLessThan(2_000);
}, 30_000);

test("the options fit the shell that will read them, whatever is in the path", () => {
  const options = {
    resolver: "127.0.0.1:5353",
    caFile: "/home/jane doe/ca's.pem",
    connectTo: ["192.0.2.1:25:127.0.0.1:4025"],
    treatAsPublic: ["192.0.2.0/24", "2001:db8::/32"],
  };
  const words =
    "--resolver 127.0.0.1:5353 --treat-as-public 192.0.2.0/24,2001:db8::/32 --connect-to 192.0.2.1:25:127.0.0.1:4025";
  const quoted = String.raw`'/home/jane doe/ca'\''s.pem'`;
  expect(optionsFor(options, { SHELL: "/bin/bash" }, "linux")).toEqual({
    assignment: `OPTS="${words}"`,
    separate: ` --ca-file ${quoted}`,
  });
  expect(optionsFor({ ...options, caFile: "/ca.pem" }, {}, "linux")).toEqual({
    assignment: `OPTS="--ca-file /ca.pem ${words}"`,
    separate: "",
  });
  expect(optionsFor(options, { SHELL: "/bin/zsh" }, "darwin")).toEqual({
    assignment: `OPTS=(--ca-file ${quoted} ${words})`,
    separate: "",
  });
  expect(optionsFor(options, {}, "win32").assignment).toMatch(
    /^\$OPTS = '--ca-file', '\/home\/jane doe\/ca''s\.pem', '--resolver', /,
  );
});

test.each([
  [["--serve", "--tour"], /--serve and --tour contradict each other/],
  [["--tour", "healthy.example"], /--tour and a domain contradict each other/],
  [["--serve", "--format", "json"], /--serve and --format json contradict each other/],
  [["healthy.example", "nowhere.invalid"], /the demo has no domain "nowhere\.invalid"/],
])("demo %j is wrong usage", async (args, message) => {
  const { code, stdout, stderr } = await runCli(["demo", ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
});
