import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { allChecks } from "../../src/checks/index.ts";
import type { RawOptions } from "../../src/cli/options.ts";
import { readLimits, readSettings } from "../../src/cli/settings.ts";
import { ignoredProxies, weakenedBy } from "../../src/cli/surroundings.ts";
import { findTrustStore } from "../../src/cli/trust-store.ts";
import { ca } from "../kit/certs.ts";
import { defaultLimits } from "../../src/core/context.ts";
import { UsageError } from "../../src/core/errors.ts";

const typed: RawOptions = {
  format: "terminal",
  failOn: "error",
  inconclusive: "fail",
  resolver: ["192.0.2.53"],
};
const read = (more: Partial<RawOptions>) =>
  readSettings({ ...typed, ...more }, { stdout: new PassThrough(), env: {} }, allChecks);

test("options become plain data", async () => {
  const { exam, exit, recorded } = await read({
    resolver: ["[2001:db8::53]:5353"],
    connectTo: ["mx1.example.com:25:127.0.0.1:2525"],
    treatAsPublic: ["192.0.2.0/24"],
    timeout: "2.5",
    ipv4: true,
    ehloName: "Probe.example.net",
    control: "mx.example.org",
    failOn: "note",
  });
  expect(exam.resolvers).toEqual([{ ip: "2001:db8::53", port: 5353 }]);
  expect(exam).toMatchObject({ ipv4: true, ipv6: false, envelope: true, passive: false });
  expect(exam.ehloName).toBe("probe.example.net");
  expect(exam.control).toEqual({ host: "mx.example.org", port: 25 });
  expect(exit).toEqual({ failOn: "note", inconclusive: "fail" });
  expect(recorded).toMatchObject({ timeoutMs: 2_500, resolvers: ["[2001:db8::53]:5353"] });
});

test("the AD bit counts from loopback and on demand only", async () => {
  expect((await read({})).exam.trustAd).toBe(false);
  expect((await read({ resolver: ["127.0.0.53", "::1"] })).exam.trustAd).toBe(true);
  expect((await read({ resolver: ["127.0.0.53", "192.0.2.53"] })).exam.trustAd).toBe(false);
  expect((await read({ trustAd: true })).exam.trustAd).toBe(true);
  const overTls = ["127.0.0.53", "tls://127.0.0.1"];
  expect((await read({ resolver: overTls })).exam.trustAd).toBe(false);
  expect((await read({ resolver: overTls, trustAd: true })).exam.trustAd).toBe(true);
});

test("--timeout shortens every stage and lengthens none", () => {
  const limits = readLimits("4", "5");
  expect(limits).toMatchObject({ greetingMs: 4_000, connectMs: 4_000, commandMs: 4_000 });
  expect(limits).toMatchObject({ dnsTryMs: defaultLimits.dnsTryMs, deadlineMs: 5_000 });
  expect(readLimits("120", "600")).toMatchObject({
    greetingMs: 120_000,
    connectMs: 120_000,
    dnsQueryMs: defaultLimits.dnsQueryMs,
    quitMs: defaultLimits.quitMs,
  });
  expect(readLimits(undefined, undefined)).toEqual(defaultLimits);
});

test("a bare room of checks stands for all of them", async () => {
  const { profile } = await read({ only: ["tls", "mx/alias-target"], skip: ["tls/*"] });
  expect(profile).toEqual({ only: ["tls/*", "mx/alias-target"], skip: ["tls/*"] });
});

test.each<[what: string, options: Partial<RawOptions>, says: string]>([
  ["both families", { ipv4: true, ipv6: true }, "contradict"],
  ["a control without sessions", { passive: true, control: "mx.example.org" }, "contradict"],
  ["an EHLO name without sessions", { passive: true, ehloName: "a.example" }, "contradict"],
  ["a misspelt check", { only: ["mx/alais-target"] }, "did you mean mx/alias-target?"],
  ["an unknown check", { skip: ["nothing/*"] }, "matches no check"],
  ["an empty glob", { only: [""] }, "matches no check"],
  ["nothing left", { only: ["mx"], skip: ["mx"] }, "leave no check"],
  ["no time", { timeout: "0" }, "number of seconds"],
  ["no number", { deadline: "1e9" }, "number of seconds"],
  ["a bad range", { treatAsPublic: ["192.0.2.0/33"] }, "192.0.2.0/33"],
  ["a resolver by name", { resolver: ["dns.example"] }, "not a resolver"],
  ["a resolver of an unknown kind", { resolver: ["quic://192.0.2.53"] }, "tls://ADDR"],
  ["a URL without an address", { resolver: ["https://dns.example/dns-query"] }, "#192.0.2.53"],
  ["a bad rule", { connectTo: ["a:b"] }, "--connect-to"],
  ["a short EHLO name", { ehloName: "localhost" }, "fully qualified"],
  ["an EHLO name with a command", { ehloName: "a.example\r\nDATA" }, "fully qualified"],
  ["a control character", { control: "a\u001bb" }, "control character"],
  ["a missing CA file", { caFile: "/nonexistent/ca.pem" }, "no such file"],
  ["a directory as CA file", { caFile: tmpdir() }, "not a file"],
  ["an output without format", { output: ["report"] }, "json:report"],
])("%s is wrong usage", async (_what, options, says) => {
  const attempt = read(options);
  await expect(attempt).rejects.toThrow(UsageError);
  await expect(attempt).rejects.toThrow(says);
  await expect(attempt).rejects.not.toThrow(/[\n\r\u001b]/);
});

test("roots come from the file named, else the system, else Node", async () => {
  const folder = await mkdtemp(join(tmpdir(), "maildoctor-"));
  const [good, bad] = [join(folder, "good.pem"), join(folder, "bad.pem")];
  const pem = ca.trim();
  await writeFile(good, pem);
  await writeFile(bad, "nothing");
  expect(await findTrustStore(good, {}, [])).toEqual({ name: "ca-file", pem });
  expect(await findTrustStore(undefined, {}, [bad, good])).toEqual({ name: "system", pem });
  expect(await findTrustStore(undefined, { SSL_CERT_FILE: good }, [])).toMatchObject({
    name: "system",
  });
  expect(await findTrustStore(undefined, {}, [bad])).toEqual({ name: "bundled" });
  await expect(findTrustStore(bad, {}, [])).rejects.toThrow("no PEM certificate");
});

test("what stands around the certificates of a --ca-file does not hide them", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "maildoctor-")), "ca.pem");
  await writeFile(file, `\uFEFF${ca.replaceAll("\n", "\r\n")}\r\nsome words\r\n${ca}`);
  const { pem = "" } = await findTrustStore(file, {}, []);
  expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----/);
  expect(pem.match(/BEGIN/g)).toHaveLength(2);
});

test.each([
  ["a certificate that is none", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"],
  ["one bad certificate", `${ca}-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----`],
  ["half a certificate", ca.slice(0, 200)],
])("%s in a --ca-file is wrong usage, not an empty list of roots", async (_what, pem) => {
  const file = join(await mkdtemp(join(tmpdir(), "maildoctor-")), "ca.pem");
  await writeFile(file, pem);
  await expect(findTrustStore(file, {}, [])).rejects.toThrow(UsageError);
});

test("settings of the process that weaken it are named", () => {
  expect(weakenedBy({}, "system")).toEqual([]);
  const env = {
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    NODE_EXTRA_CA_CERTS: "ca.pem",
    NODE_OPTIONS: "--max-old-space-size=99 --tls-min-v1.0",
    https_proxy: "http://proxy.example",
  };
  expect(weakenedBy(env, "system")).toEqual([
    "NODE_TLS_REJECT_UNAUTHORIZED=0",
    "NODE_OPTIONS --tls-min-v1.0",
  ]);
  expect(weakenedBy(env, "bundled")).toContain("NODE_EXTRA_CA_CERTS");
  expect(ignoredProxies(env)).toEqual(["https_proxy"]);
});
