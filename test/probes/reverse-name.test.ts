import { expect, test } from "vitest";
import type { Resolver } from "../../src/core/dns.ts";
import { reverseName } from "../../src/probes/reverse-name.ts";
import { answer } from "../kit/cases.ts";
import { createTestContext } from "./smtp-context.ts";

/** The confirmed names of 192.0.2.1, which only `good` leads back to. */
async function confirmed(names: readonly string[]) {
  const { ctx } = createTestContext();
  const query = ((name: string, type: "PTR" | "A") =>
    Promise.resolve(
      answer(name, type, type === "PTR" ? names : [name === "good" ? "192.0.2.1" : "192.0.2.9"]),
    )) as Resolver["query"];
  const resolver: Resolver = { query, servers: [], close: () => undefined };
  const { data } = await reverseName({ ip: "192.0.2.1" }, { ...ctx, resolver }, []);
  return data?.confirmed;
}

test("names that lead elsewhere are not confirmed", async () => {
  expect(await confirmed(["a", "b"])).toEqual({ known: true, value: [] });
  expect(await confirmed(["a", "good"])).toEqual({ known: true, value: ["good"] });
});

test("more names than are followed leave it open whether one leads back", async () => {
  const many = ["a", "b", "c", "d", "e"];
  expect(await confirmed(many)).toEqual({ known: true, value: [] });
  expect(await confirmed([...many, "good"])).toEqual({
    known: false,
    cause: { skipped: "budget" },
  });
  expect(await confirmed(["good", ...many])).toEqual({ known: true, value: ["good"] });
});
