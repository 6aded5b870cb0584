import { expect, test } from "vitest";
import type { DnsAnswer, Resolver } from "../../src/core/dns.ts";
import { failure } from "../../src/core/failure.ts";
import { addresses } from "../../src/probes/addresses.ts";
import { answer } from "../kit/cases.ts";
import { createTestContext } from "./smtp-context.ts";

const failed = { status: "failed", failure: failure("resolve", "dns-servfail") } as const;
const gone = { status: "name-not-found" } as const;

/** What is known of the existence of a host with these answers to A and AAAA. */
async function existence(a: Partial<DnsAnswer<"A">>, aaaa: Partial<DnsAnswer<"AAAA">>) {
  const { ctx } = createTestContext();
  const query = ((name: string, type: "A" | "AAAA") =>
    Promise.resolve({
      ...answer<"A" | "AAAA">(name, type, []),
      ...(type === "A" ? a : aaaa),
    })) as Resolver["query"];
  const resolver: Resolver = { query, servers: [], close: () => undefined };
  const { data } = await addresses({ host: "mx.example.com" }, { ...ctx, resolver }, []);
  return data?.exists;
}

test("NXDOMAIN for both types is a name that does not exist", async () => {
  expect(await existence(gone, gone)).toEqual({ known: true, value: false });
});

test("NXDOMAIN for one type does not outweigh the other, as faulty servers give it", async () => {
  expect(await existence(gone, { status: "no-data" })).toEqual({ known: true, value: true });
  expect(await existence({ status: "no-data" }, gone)).toEqual({ known: true, value: true });
});

test("NXDOMAIN for one type proves nothing where the other could not be had", async () => {
  expect(await existence(failed, gone)).toMatchObject({ known: false });
  expect(await existence(gone, failed)).toMatchObject({ known: false });
  expect(await existence(failed, { status: "no-data" })).toEqual({ known: true, value: true });
});
