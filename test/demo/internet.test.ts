import { existsSync, readdirSync } from "node:fs";
import { Resolver } from "node:dns/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { parseRanges, reverseNameOf } from "../../src/core/ip.ts";
import { startDemo, type Demo } from "../../src/demo/internet.ts";
import { refuses } from "../../src/demo/scenario.ts";
import { scenarios } from "../../src/demo/scenarios/index.ts";
import { dial } from "./client.ts";

async function demo(): Promise<Demo> {
  const started = await startDemo();
  onTestFinished(() => started.close());
  return started;
}

function resolverOf({ options }: Demo): Resolver {
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([options.resolver]);
  return resolver;
}

/** The loopback address and port behind a published address. */
function placeOf({ options }: Demo, ip: string): { host: string; port: number } {
  const from = ip.includes(":") ? `[${ip}]:` : `${ip}:`;
  const rule = options.connectTo.find((text) => text.startsWith(from)) ?? "";
  const [, host = "", port = ""] = /^\d+:\[?(.*?)\]?:(\d+)$/.exec(rule.slice(from.length)) ?? [];
  return { host, port: Number(port) };
}

test("tells a story for every domain, each under .example and each once", () => {
  const domains = scenarios.map((scenario) => scenario.domain);
  expect(new Set(domains).size).toBe(domains.length);
  expect(domains.length).toBeGreaterThanOrEqual(25);
  for (const { domain, title, story, expect: expected } of scenarios) {
    expect(domain).toMatch(/^(?:[a-z0-9-]+\.)+example$/);
    // One line of the overview, beside the longest name.
    expect(title.length, title).toBeLessThanOrEqual(42);
    expect(story.length).toBeGreaterThan(100);
    expect(story, domain).toMatch(/[.:] ?[A-Z\d].*\.$/);
    const alarmed = expected.exitCode === 1;
    if (alarmed) expect(Array.isArray(expected.verdict)).toBe(true);
    if (expected.verdict === "healthy") expect(expected.exitCode).toBe(0);
  }
  expect(scenarios.filter((s) => s.expect.verdict === "healthy").length).toBeGreaterThan(12);
});

test("shows every file with a scenario, in one chapter", () => {
  const folder = new URL("../../src/demo/scenarios/", import.meta.url);
  expect(scenarios).toHaveLength(readdirSync(folder).length - 1);
  expect(new Set(scenarios).size).toBe(scenarios.length);
});

test("publishes documentation addresses alone, all of them treated as public", async () => {
  const { options } = await demo();
  const ranges = parseRanges(options.treatAsPublic);
  if ("invalid" in ranges) throw new Error(ranges.invalid);
  const addresses = scenarios.flatMap(({ servers }) => servers.flatMap((s) => s.addresses));
  expect(addresses.filter((ip) => !ranges.contains(ip))).toEqual([]);
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(options.connectTo).toHaveLength(addresses.length);
  expect(existsSync(options.caFile)).toBe(true);
});

/** Domains of which the route itself is what is odd, or the reverse name. */
const oddRoutes = ["implicit-mx", "null-mx-and-more", "no-ptr", "foreign-ptr", "customer-line"];
const routed = scenarios.filter(
  ({ domain, servers }) =>
    servers.length > 0 && !oddRoutes.includes(domain.replace(/\.example$/, "")),
);

test.each(routed)(
  "publishes servers of $domain that the MX set leads to, with confirmed reverse names",
  async ({ domain, servers }) => {
    const dns = resolverOf(await demo());
    const reached = new Set<string>();
    for (const { exchange } of await dns.resolveMx(domain)) {
      for (const ip of await dns.resolve4(exchange)) reached.add(ip);
      for (const ip of await dns.resolve6(exchange).catch(() => [])) reached.add(ip);
    }
    const exchangers = servers.filter(({ port = 25 }) => port === 25);
    const served = exchangers.flatMap((server) => server.addresses);
    expect([...reached].toSorted()).toEqual(served.toSorted());
    for (const { host, addresses } of servers)
      for (const ip of addresses) {
        expect(await dns.resolvePtr(reverseNameOf(ip))).toEqual([host]);
        const forward = ip.includes(":") ? await dns.resolve6(host) : await dns.resolve4(host);
        expect(forward).toContain(ip);
      }
  },
);

test.each(scenarios.filter((scenario) => scenario.domain !== "servfail.example"))(
  "publishes SOA and name servers with addresses of $domain",
  async ({ domain }) => {
    const dns = resolverOf(await demo());
    expect((await dns.resolveSoa(domain)).nsname).toBe("ns1.dns.example");
    for (const server of await dns.resolveNs(domain))
      expect(await dns.resolve4(server)).toHaveLength(1);
  },
);

test.each(scenarios.filter((scenario) => scenario.expect.verdict === "healthy"))(
  "publishes SPF at $domain and DMARC there or above",
  async ({ domain }) => {
    const dns = resolverOf(await demo());
    const texts = (await dns.resolveTxt(domain)).map((strings) => strings.join(""));
    expect(texts).toContainEqual(expect.stringMatching(/^v=spf1 .*-all$/));
    const above = domain === "physics.university.example" ? "university.example" : domain;
    expect((await dns.resolveTxt(`_dmarc.${above}`)).flat().join("")).toMatch(/^v=DMARC1; p=/);
  },
);

test("answers SERVFAIL for the domain whose DNS fails, and NXDOMAIN for one that is not there", async () => {
  const dns = resolverOf(await demo());
  await expect(dns.resolveMx("servfail.example")).rejects.toMatchObject({ code: "ESERVFAIL" });
  await expect(dns.resolveMx("nowhere.example")).rejects.toMatchObject({ code: "ENOTFOUND" });
  expect(await dns.resolveMx("null-mx.example")).toEqual([{ exchange: "", priority: 0 }]);
});

/** Servers that hold no whole session, or one in words of their own. */
const odd =
  /^(?:(?:rate-limited|refuses-us|silent|wrong-port|web-on-25|no-ehlo|odd-replies)|starttls-(?:refused|broken|twice)|plain-text-injected|old-tls)\.example$/;

const talking = scenarios
  .filter(({ domain }) => !odd.test(domain))
  .flatMap(({ domain, servers }) =>
    servers
      .filter(({ dialogue, port = 25 }) => dialogue !== refuses && port === 25)
      .flatMap(({ host, dialogue, addresses }) =>
        addresses.map((ip) => ({ domain, host, ip, offersTls: dialogue.includes("* starttls") })),
      ),
  );

/** Codes for postmaster and for a recipient that does not exist, where they are not 250 and 550. */
const otherCodes: Readonly<Record<string, readonly [postmaster: string, unknown: string]>> = {
  "greylisting.example": ["250", "450"],
  "catch-all.example": ["250", "250"],
  "mx2.weak-backup.example": ["250", "250"],
  "not-served.example": ["554", "554"],
  "no-bounces.example": ["554", "554"],
  "no-postmaster.example": ["550", "550"],
  "over-quota.example": ["552", "550"],
};

test.each(talking)(
  "$host at $ip holds two whole sessions and a short one at a time",
  async ({ domain, host, ip, offersTls }) => {
    const place = placeOf(await demo(), ip);
    const unknown = `maildoctor-abcdefgh@${domain}`;
    const session = async (whole: boolean): Promise<void> => {
      const client = await dial(place.port, place.host);
      const say = async (line: string): Promise<string[]> => {
        client.send(line);
        return client.reply();
      };
      expect((await client.reply())[0]).toMatch(/^220[ -]/);
      const first = await say("EHLO client.example.net");
      expect(first[0]).toMatch(/^250-/);
      expect(first.some((line) => line.endsWith("STARTTLS"))).toBe(offersTls);
      if (offersTls) {
        expect((await say("STARTTLS"))[0]).toMatch(/^220 /);
        await client.startTls(null);
        const second = await say("EHLO client.example.net");
        expect(second.length).toBe(first.length - 1);
      }
      if (whole) {
        const codes: string[] = [];
        for (const line of [
          "MAIL FROM:<>",
          `RCPT TO:<postmaster@${domain}>`,
          `RCPT TO:<${unknown}>`,
          "RSET",
          "MAIL FROM:<maildoctor@client.example.net>",
          "RCPT TO:<maildoctor-probe@example.net>",
          "RSET",
        ])
          codes.push((await say(line)).map((reply) => reply.slice(0, 3)).join());
        const [postmaster, stranger] = otherCodes[host] ?? otherCodes[domain] ?? ["250", "550"];
        const relays = domain === "open-relay.example";
        expect(codes).toEqual([
          "250",
          postmaster,
          stranger,
          "250",
          "250",
          expect.stringMatching(relays ? /^250$/ : /^55[04]$/),
          "250",
        ]);
      }
      expect((await say("QUIT"))[0]).toMatch(/^221 /);
      expect(await client.over).toBe("end");
      client.end();
    };
    await Promise.all([session(true), session(false), session(true)]);
  },
);

test("names the recipient in replies of software that does", async () => {
  const place = placeOf(await demo(), "198.51.100.31");
  const client = await dial(place.port, place.host);
  const replies: string[] = [];
  for (const line of [
    "EHLO client.example.net",
    "MAIL FROM:<>",
    "RCPT TO:<postmaster@no-starttls.example>",
    "RCPT TO:<nobody@no-starttls.example>",
  ]) {
    if (replies.length === 0) await client.reply();
    client.send(line);
    replies.push((await client.reply())[0] ?? "");
  }
  expect(replies).toEqual([
    "250-mx2.no-starttls.example Hello client.example.net [203.0.113.200], pleased to meet you",
    "250 2.1.0 <>... Sender ok",
    "250 2.1.5 <postmaster@no-starttls.example>... Recipient ok",
    "550 5.1.1 <nobody@no-starttls.example>... User unknown",
  ]);
  client.end();
});

test("refuses connections to the dead backup, and greets with 421 where it is busy", async () => {
  const started = await demo();
  const dead = placeOf(started, "203.0.113.71");
  await expect(dial(dead.port, dead.host)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  const busy = placeOf(started, "203.0.113.110");
  const client = await dial(busy.port, busy.host);
  expect((await client.reply())[0]).toMatch(/^421 /);
  expect(await client.over).toBe("end");
  client.end();
});

test("starts quickly and leaves nothing open, connections of clients included", async () => {
  const nothingOpen = (): Promise<void> =>
    vi.waitFor(() => {
      const open = process.getActiveResourcesInfo();
      expect(open.filter((kind) => /TCP|UDP|TLS/.test(kind))).toEqual([]);
    });
  await nothingOpen();
  const begin = performance.now();
  const started = await startDemo();
  expect(performance.now() - begin).toBeLessThan(1000);
  const place = placeOf(started, "192.0.2.10");
  const client = await dial(place.port, place.host);
  await client.reply();
  await started.close();
  await client.over;
  client.end();
  await nothingOpen();
});
