import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { examples } from "../../src/cli/help.ts";
import { mailServer } from "../../src/demo/mail-software.ts";
import { playDialogue, type Player } from "../../src/demo/dialogue-player.ts";
import { startZoneServer, type ZoneServer } from "../../src/demo/zone-server.ts";
import { demoCertificate } from "../../src/demo/certificates.ts";
import { caFile } from "../kit/certs.ts";
import { runCli, type Outcome } from "../kit/cli.ts";

const root = join(import.meta.dirname, "../..");

/** example.com and example.org as the examples assume them: two healthy domains with one server. */
const zone = `
$TTL 300
example.com. IN SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
example.com. IN NS ns.example.com.
example.com. IN MX 10 mx1.example.com.
example.com. IN TXT "v=spf1 mx -all"
_dmarc.example.com. IN TXT "v=DMARC1; p=reject"
mx1.example.com. IN A 192.0.2.1
1.2.0.192.in-addr.arpa. IN PTR mx1.example.com.
example.org. IN SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
example.org. IN MX 10 mx1.example.com.
example.org. IN TXT "v=spf1 mx -all"
_dmarc.example.org. IN TXT "v=DMARC1; p=reject"
`;

let folder: string;
let zones: ZoneServer;
let servers: Player[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "maildoctor-examples-"));
  zones = await startZoneServer([zone]);
  const dialogue = mailServer({ host: "mx1.example.com", software: "postfix", cert: "healthy-ec" });
  const play = () =>
    playDialogue(dialogue, { certs: demoCertificate, filename: "examples.dialogue" });
  servers = [await play()];
  writeFileSync(join(folder, "domains.txt"), "# customers\nexample.com\nexample.org\n");
  writeFileSync(join(folder, "ca.pem"), readFileSync(caFile));
});

afterAll(async () => {
  await Promise.all([zones.close(), ...servers.map((server) => server.close())]);
  rmSync(folder, { recursive: true, force: true });
});

/** Commands that look at the network get the options of the little network above. */
function argumentsOf(words: readonly string[]): string[] {
  const resolver = `127.0.0.1:${zones.port}`;
  const own = words.map((word) => (/^(192\.0\.2\.53|127\.0\.0\.1)$/.test(word) ? resolver : word));
  if (!["check", "mx", "smtp"].includes(words[0] ?? "")) return own;
  const named = own.includes("--resolver") ? [] : ["--resolver", resolver];
  const ports = ["25", "587"].map((port) => `:${port}:127.0.0.1:${servers[0]?.port}`);
  const connect = words[0] === "mx" ? [] : ports.flatMap((rule) => ["--connect-to", rule]);
  const trust = own.includes("--ca-file") ? [] : ["--ca-file", caFile];
  return [...own, ...named, ...connect, ...trust, "--treat-as-public", "192.0.2.0/24"];
}

/** Runs "maildoctor …", with "< FILE" and "| maildoctor …" as a shell would. */
async function run(line: string): Promise<Outcome> {
  let input = "";
  let outcome: Outcome | undefined;
  for (const part of line.split(" | ")) {
    const [, command = "", output] = /^(.*?)(?: > (\S+))?$/.exec(part) ?? [];
    const [, plain = "", file] = /^(.*?)(?: < (\S+))?$/.exec(command) ?? [];
    if (file !== undefined) input = readFileSync(join(folder, file), "utf8");
    const [program, ...words] = plain.trim().split(/\s+/);
    expect(program).toBe("maildoctor");
    outcome = await runCli(argumentsOf(words), { input, cwd: folder });
    if (output !== undefined) writeFileSync(join(folder, output), outcome.stdout);
    input = outcome.stdout;
  }
  if (outcome === undefined) throw new Error("no command");
  return outcome;
}

const readme = readFileSync(join(root, "README.md"), "utf8");
const fromReadme = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .map((line) => line.replace(/\s+#.*$/, "").trim())
  .filter((line) => line.startsWith("maildoctor "));
const fromHelp = Object.values(examples)
  .flat()
  .map(([command]) => command);

/** A case that rejudge examples read is made by the example that saves one. */
const lines = [
  ...new Set([
    "maildoctor check example.com --format json > case.json",
    ...fromReadme,
    ...fromHelp,
  ]),
];

/** Examples that would run until they are interrupted. */
const endless = /--serve/;

test("there are examples in the README and in every help text", () => {
  expect(fromReadme.length).toBeGreaterThan(4);
  for (const list of Object.values(examples)) expect(list.length).toBeGreaterThan(2);
});

test.each(lines.filter((line) => !endless.test(line)))(
  "the example works: %s",
  async (line) => {
    const { code, stdout, stderr } = await run(line);
    expect(stderr).toBe("");
    expect(stdout.length + (line.includes(" > ") ? 1 : 0)).toBeGreaterThan(0);
    expect(code).toBe(0);
  },
  30_000,
);
