import { expect, test } from "vitest";
import { portControl } from "../../src/probes/port-control.ts";
import { serveText } from "../kit/dialogue.ts";
import { createTestContext } from "./smtp-context.ts";

const host = "mx.example.com";

test("a port that accepts connections is reachable, and nothing is said to it", async () => {
  const player = await serveText("S: 220 hello\n* expect-close\n");
  const { ctx, recorded } = createTestContext();
  const subject = { host, ip: player.host, port: player.port };
  const control = await portControl(subject, "control", ctx, ["a"]);
  expect(control).toMatchObject({
    id: `port-control:mx.example.com:127.0.0.1:${player.port}`,
    outcome: "ok",
    data: { reason: "control", reachable: { known: true, value: true } },
    dependsOn: ["a"],
  });
  expect(recorded).toHaveLength(1);
  expect(player.received).toEqual([]);
});

test("a refusal proves that packets travel", async () => {
  const player = await serveText("@connections 0\n* close\n");
  await player.close();
  const { ctx } = createTestContext();
  const subject = { host, ip: player.host, port: player.port };
  const control = await portControl(subject, "same-address", ctx, []);
  expect(control.data?.reachable).toEqual({ known: true, value: true });
  expect(control.failure?.code).toBe("connect-refused");
});

test.each([
  ["connect-timeout", { known: true, value: false }],
  ["connect-unreachable", { known: false, cause: { failure: { code: "connect-unreachable" } } }],
] as const)("%s is judged for what it proves", async (code, reachable) => {
  const { ctx } = createTestContext();
  const failure = { stage: "connect", code, message: "as the network said" } as const;
  const deaf = { ...ctx, dial: () => Promise.resolve({ failure, transcript: [] }) };
  const control = await portControl({ host, ip: "192.0.2.1", port: 443 }, "control", deaf, []);
  expect(control.data?.reachable).toMatchObject(reachable);
  expect(control.outcome).toBe("failed");
});

test("an interrupted run leaves it unknown", async () => {
  const { ctx } = createTestContext({ signal: AbortSignal.abort(new Error("aborted")) });
  const control = await portControl({ host, ip: "192.0.2.1", port: 443 }, "control", ctx, []);
  expect(control.data?.reachable.known).toBe(false);
  expect(control.failure?.code).toBe("aborted");
});
