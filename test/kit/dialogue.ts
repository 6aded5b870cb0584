import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, onTestFinished } from "vitest";
import { demoCertificate } from "../../src/demo/certificates.ts";
import { formatMismatch, playDialogue, type Player } from "../../src/demo/dialogue-player.ts";

interface Options {
  readonly host?: "127.0.0.1" | "::1";
}

/**
 * Plays `fixtures/dialogues/NAME.dialogue` ("smtp/healthy-starttls") until the test ends.
 * The test fails when the client left the script.
 */
export async function serveDialogue(name: string, options: Options = {}): Promise<Player> {
  const file = new URL(`../../fixtures/dialogues/${name}.dialogue`, import.meta.url);
  return serve(await readFile(file, "utf8"), basename(file.pathname), options);
}

/** The same for a text. */
export function serveText(text: string, options: Options = {}): Promise<Player> {
  return serve(text, "inline.dialogue", options);
}

async function serve(text: string, filename: string, options: Options): Promise<Player> {
  const player = await playDialogue(text, { ...options, certs: demoCertificate, filename });
  onTestFinished(async () => {
    const mismatches = await player.finished();
    await player.close();
    expect(mismatches.map((mismatch) => formatMismatch(mismatch))).toEqual([]);
  });
  return player;
}
