import { expect, test } from "vitest";
import type { Report } from "../../src/core/report.ts";
import { runCli } from "../kit/cli.ts";
import { startVillain, type Villain } from "../kit/hostile.ts";

/** A villain that falls silent at a stage, and tells when. */
type Trap = (reached: () => void) => Villain;

const stages: readonly (readonly [stage: string, trap: Trap, kinds: readonly string[]])[] = [
  ["the wait for the resolver", (reached) => ({ dns: { MX: reached } }), ["mx-set"]],
  ["the greeting", (reached) => ({ mail: { greeting: reached } }), ["mx-set", "smtp-hello"]],
  ["EHLO", (reached) => ({ mail: { EHLO: reached } }), ["addresses", "smtp-hello"]],
  ["the TLS handshake", (reached) => ({ mail: { tls: reached } }), ["smtp-hello"]],
  ["the envelope", (reached) => ({ mail: { RCPT: reached } }), ["smtp-hello", "smtp-envelope"]],
  ["the good-bye", (reached) => ({ mail: { QUIT: reached } }), ["smtp-hello", "smtp-envelope"]],
];

test.each(stages)("Ctrl-C in %s leaves the report so far and 130", async (_stage, trap, kinds) => {
  let reached = (): void => {};
  const there = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const lair = await startVillain(trap(() => reached()));
  try {
    let interruptedAt = 0;
    const args = ["check", lair.domain, "--format", "json", ...lair.options];
    const { code, stdout, stderr } = await runCli(args, {
      during: (child) =>
        void there.then(() => {
          interruptedAt = performance.now();
          child.kill("SIGINT");
        }),
    });
    expect(performance.now() - interruptedAt).toBeLessThan(1_500);
    expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
    const { summary, observations } = JSON.parse(stdout) as Report;
    expect(summary.ended).toBe("aborted");
    expect(observations.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...kinds]));
  } finally {
    await lair.close();
  }
});
