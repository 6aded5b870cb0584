import { readdirSync, readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { demoCertificate } from "../../src/demo/certificates.ts";
import { parseDialogue } from "../../src/demo/dialogue-parser.ts";
import { formatMismatch, playDialogue } from "../../src/demo/dialogue-player.ts";
import type { Step } from "../../src/demo/dialogue.ts";
import { serveDialogue } from "../kit/dialogue.ts";
import { dial, type Client } from "./client.ts";

const folder = new URL("../../fixtures/dialogues/smtp/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".dialogue"));

/** Does what the script expects, as far as a client can. */
async function follow(client: Client, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.kind === "expect") client.send(step.text.replaceAll(/\{\w+\}/g, "x@example.net"));
    else if (step.kind === "send") await client.line();
    else if (step.kind === "starttls") await client.startTls(null);
    // What follows takes longer than a test may; leaving is allowed there.
    else if (step.kind === "trickle" && step.ms > 10) return;
  }
}

test.each(files)("%s can be followed to its end", async (filename) => {
  const text = readFileSync(new URL(filename, folder), "utf8");
  const { dialogue, problems } = parseDialogue(text);
  if (!dialogue) throw new Error(JSON.stringify(problems));
  const player = await playDialogue(text, { certs: demoCertificate, filename });
  onTestFinished(() => player.close());
  for (const script of dialogue.scripts) {
    const client = await dial(player.port);
    try {
      if (dialogue.implicitTls) await client.startTls(null);
      await follow(client, script);
    } catch (error) {
      // Old TLS, garbage in place of TLS, bytes before TLS: a client stops there.
      if (!/starttls|tls-/.test(filename)) throw error;
    }
    client.end();
  }
  const mismatches = await player.finished();
  expect(mismatches.map((mismatch) => formatMismatch(mismatch))).toEqual([]);
});

test("a fixture is served until the test ends, under its name", async () => {
  const player = await serveDialogue("smtp/greeting-421");
  const client = await dial(player.port);
  expect(await client.reply()).toEqual([expect.stringMatching(/^421 4\.7\.0 /)]);
  client.end();
});
