import { expect, test } from "vitest";
import type { Resolver } from "../../src/core/dns.ts";
import { failure } from "../../src/core/failure.ts";
import { examineControls } from "../../src/exams/controls.ts";
import type { Dial } from "../../src/wire/dial.ts";
import { answer } from "../kit/cases.ts";
import { deadHello, evidenceOf, hello } from "../kit/evidence.ts";
import { createTestContext } from "../probes/smtp-context.ts";

const timeout = failure("connect", "connect-timeout");
const v6 = { ip: "2001:db8::1" };

/** The endpoints that are asked after these sessions; the control is gate.example.net. */
async function asked(hellos: readonly { readonly kind: string }[], host = "gate.example.net") {
  const { ctx } = createTestContext();
  const dialled: string[] = [];
  const dial: Dial = ({ ip, port }) => {
    dialled.push(`${ip} ${port}`);
    return Promise.resolve({ failure: timeout, transcript: [] });
  };
  const addresses: Readonly<Record<string, string>> = { A: "203.0.113.9", AAAA: "2001:db8:9::9" };
  const query = ((name: string, type: "A" | "AAAA") =>
    Promise.resolve(answer(name, type, [addresses[type] ?? ""]))) as Resolver["query"];
  const resolver: Resolver = { query, servers: [], close: () => undefined };
  const { observations } = evidenceOf(...hellos);
  await examineControls(observations, { ...ctx, dial, resolver }, { host, port: 25 });
  return dialled.toSorted();
}

test("nobody else is asked where a server answers", async () => {
  expect(await asked([hello(), deadHello(timeout, { ip: "198.51.100.1" })])).toEqual([]);
});

test("silence over IPv4 is compared with other ports and the control", async () => {
  expect(await asked([deadHello(timeout)])).toEqual([
    "192.0.2.1 443",
    "192.0.2.1 465",
    "192.0.2.1 587",
    "203.0.113.9 25",
  ]);
});

test("silence over IPv6 is looked into although IPv4 answers", async () => {
  const found = ["2001:db8:9::9 25", "2001:db8::1 443", "2001:db8::1 465", "2001:db8::1 587"];
  expect(await asked([hello(), deadHello(timeout, v6)])).toEqual(found);
  expect(await asked([hello(), deadHello(timeout, v6)], "2001:db8:9::9")).toEqual(found);
  expect(await asked([hello(), deadHello(timeout, v6)], "203.0.113.9")).toEqual(found.slice(1));
});

test("silence of another port than 25 is no question of port 25", async () => {
  expect(await asked([deadHello(timeout, { port: 587 })])).toEqual([]);
});
