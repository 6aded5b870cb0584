import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { runCli } from "../kit/cli.ts";

// Nothing may be sent for wrong usage; should something be, it goes nowhere.
const nowhere = ["--resolver", "127.0.0.1:1"];

test.each<[what: string, args: readonly string[], says: RegExp]>([
  ["an unknown command", ["chek", "example.com"], /did you mean check\?/],
  ["a domain without a command", ["example.com"], /maildoctor check example\.com/],
  ["an unknown option", ["check", "example.com", "--fail-onn", "note"], /did you mean --fail-on\?/],
  ["no domain", ["check"], /missing required argument 'domain'/],
  ["two domains for mx", ["mx", "a.example", "b.example"], /too many arguments/],
  ["an unknown format", ["check", "example.com", "--format", "xml"], /terminal, json, ndjson/],
  ["an unknown severity", ["check", "example.com", "--fail-on", "fatal"], /note, warning, error/],
  ["an option without its value", ["check", "example.com", "--timeout"], /argument missing/],
  ["an impossible domain", ["check", "exa mple.com", ...nowhere], /is not a domain name/],
  ["a control character", ["check", "a\u001b[31m.example", ...nowhere], /\\x1b/],
  ["an address as a domain", ["mx", "192.0.2.1", ...nowhere], /it is an IP address/],
  ["a bad port", ["smtp", "mx1.example.com:99999", ...nowhere], /not a port number/],
  [
    "one impossible domain among good ones",
    ["check", "a.example", "-b-", ...nowhere],
    /"-b-"|unknown option/,
  ],
  ["contradictory families", ["check", "example.com", "-4", "-6", ...nowhere], /contradict/],
  ["the list beside a domain", ["check", "-", "example.com", ...nowhere], /stands alone/],
  ["an empty list", ["check", "-", ...nowhere], /list on standard input is empty/],
  [
    "an unreadable file",
    ["check", "a.example", "--ca-file", "/nonexistent", ...nowhere],
    /no such file/,
  ],
  [
    "an unwritable file",
    ["check", "a.example", "-o", "/nonexistent/a.json", ...nowhere],
    /cannot write/,
  ],
  [
    "an unwritable file beside a document on standard output",
    [
      "check",
      "a.example",
      "b.example",
      "--format",
      "json",
      "-o",
      "/nonexistent/a.json",
      ...nowhere,
    ],
    /cannot write/,
  ],
  ["an unknown check", ["explain", "mx/alais-target"], /did you mean mx\/alias-target\?/],
  ["an unknown demo domain", ["demo", "helthy.example"], /did you mean healthy\.example\?/],
])("%s is one line on standard error and exit code 2", async (_what, args, says) => {
  const { code, stdout, stderr } = await runCli(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^maildoctor: [\x20-\x7e]+\n$/);
  expect(stderr).toMatch(says);
});

test.skipIf(!existsSync("/dev/full"))("a full disk is one line and no trace of ours", async () => {
  const run = `"${process.execPath}" bin/maildoctor.js explain > /dev/full`;
  const { status, stderr } = spawnSync("sh", ["-c", run], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "maildoctor: cannot write the output: ENOSPC\n",
  });
});

test("a list in which no line names a domain says so line by line", async () => {
  const { code, stdout, stderr } = await runCli(["check", "-", ...nowhere], {
    input: "not a domain\n\n-x-\n",
  });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^maildoctor: line 1: .*\nmaildoctor: line 3: .*\n$/);
});

test("an impossible line counts as wrong usage also where nothing could be told", async () => {
  const { code, stdout } = await runCli(["check", "-", ...nowhere], {
    input: "a.example\n-x-\n",
  });
  expect(code).toBe(2);
  expect(stdout).toMatch(/^Could not tell/);
});

test.each([
  ["--help"],
  ["check", "--help"],
  ["mx", "--help"],
  ["smtp", "-h"],
  ["help", "demo"],
  ["explain", "--help"],
])("%s %s is help with examples on standard output", async (...args) => {
  const { code, stdout, stderr } = await runCli(args.filter((arg) => arg !== undefined));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.match(/^ {2}maildoctor /gm)?.length).toBeGreaterThanOrEqual(3);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("without arguments the program shows its help", async () => {
  const { code, stdout } = await runCli([]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: maildoctor/);
});

test("--version prints the version alone", async () => {
  expect(await runCli(["--version"])).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
});

test("explain lists the checks, explains one, and prints the schema", async () => {
  const [list, one, schema] = await Promise.all([
    runCli(["explain"]),
    runCli(["explain", "mx/alias-target"]),
    runCli(["explain", "--schema"]),
  ]);
  expect(list.stdout).toMatch(/^mx\/alias-target +\S/m);
  expect(one.stdout).toMatch(/Why it matters/);
  expect(one.stdout).toMatch(/RFC \d+/);
  expect(JSON.parse(schema.stdout)).toMatchObject({ title: "maildoctor report" });
  expect([list.code, one.code, schema.code]).toEqual([0, 0, 0]);
});
