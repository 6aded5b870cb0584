import { expect, test } from "vitest";
import { cert, type CertName } from "../../kit/certs.ts";
import { answerTo, startDnsServer, unusedPort } from "../../kit/dns-server.ts";
import { framed, fromZones, serveDnsOverTls } from "../../kit/secure-dns-server.ts";
import { serveZones } from "../../kit/zone.ts";
import { listen } from "../../../src/wire/listen.ts";
import { makeCertificate } from "../../wire/make-certificate.ts";
import { hostName, mxOf, resolverOver } from "./secure-resolver.ts";
import { exchanger, otherName } from "./with-servers.ts";

const zone = `$ORIGIN example.com.
@ 300 IN SOA ns1 root 1 1 1 1 1
@ 300 IN MX 10 mx
mx 300 IN A 192.0.2.1
`;

test("the answers of a zone come over TLS, all on one connection", async () => {
  const server = await serveDnsOverTls({ answer: fromZones(await serveZones([zone])) });
  const resolver = resolverOver([`tls://127.0.0.1:${server.port}#${hostName}`]);
  expect(resolver.servers).toEqual([`tls://127.0.0.1:${server.port}`]);
  const [mx, address, none, missing] = await Promise.all([
    resolver.query("example.com", "MX"),
    resolver.query("mx.example.com", "A"),
    resolver.query("mx.example.com", "AAAA"),
    resolver.query("no.example.com", "A"),
  ]);
  expect(mx).toMatchObject({ transport: "tls", server: resolver.servers[0], notes: [] });
  expect(mx.records[0]?.value).toEqual({ preference: 10, exchange: "mx.example.com" });
  expect(address.records[0]?.value).toBe("192.0.2.1");
  expect([none.status, missing.status]).toEqual(["no-data", "name-not-found"]);
  expect(server.connections()).toBe(1);
});

test("a certificate for the address itself needs no name", async () => {
  const identity = makeCertificate({ ipAddresses: [Uint8Array.of(127, 0, 0, 1)] });
  const server = await serveDnsOverTls({ identity, answer: mxOf });
  const resolver = resolverOver([`tls://127.0.0.1:${server.port}`], { pem: identity.certificates });
  expect((await resolver.query("example.com", "MX")).status).toBe("answer");
});

test("the AD bit counts when the resolver is trusted for it, and not otherwise", async () => {
  const server = await serveDnsOverTls({
    answer: (query) => answerTo(query, [], { authentic: true }),
  });
  const address = `tls://127.0.0.1:${server.port}#${hostName}`;
  const judged = await resolverOver([address], { trustAd: true }).query("example.com", "MX");
  const not = await resolverOver([address]).query("example.com", "MX");
  expect([judged.authentic, not.authentic]).toEqual([true, "not-judged"]);
});

test("answers in another order find their questions", async () => {
  const held: Buffer[] = [];
  const server = await serveDnsOverTls({
    act: (query, socket) => {
      held.unshift(query);
      if (held.length < 20) return;
      for (const one of held) socket.write(framed(answerTo(one, [])));
    },
  });
  const resolver = resolverOver([`tls://127.0.0.1:${server.port}#${hostName}`]);
  const names = Array.from({ length: 20 }, (_none, index) => `host${index}.example`);
  const answers = await Promise.all(names.map((name) => resolver.query(name, "A")));
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => "no-data"));
  expect(server.queries).toHaveLength(20);
});

test("an answer of 60 KiB in pieces of one and of many octets is read whole", async () => {
  const texts = Array<string>(240).fill("x".repeat(250));
  const server = await serveDnsOverTls({
    act: (query, socket) => {
      const bytes = framed(answerTo(query, [{ type: "TXT", name: "example.com", data: texts }]));
      for (const octet of bytes.subarray(0, 20)) socket.write(Uint8Array.of(octet));
      socket.write(bytes.subarray(20));
    },
  });
  const resolver = resolverOver([`tls://127.0.0.1:${server.port}#${hostName}`]);
  expect((await resolver.query("example.com", "TXT")).records[0]?.value).toHaveLength(240);
});

test("a connection that the server closed while it was idle is opened again, unnoticed", async () => {
  const server = await serveDnsOverTls({
    act: (query, socket, number) => {
      // The second question is met by a closing connection.
      if (number === 2) socket.destroy();
      else socket.write(framed(answerTo(query, [])));
    },
  });
  const resolver = resolverOver([`tls://127.0.0.1:${server.port}#${hostName}`]);
  await resolver.query("example.com", "MX");
  const answer = await resolver.query("EXAMPLE.com.", "TXT");
  expect(answer.notes).toEqual([]);
  expect(answer.rcode).toBe("NOERROR");
  expect([server.connections(), server.queries.length]).toEqual([2, 3]);
});

test.each<[CertName, string, RegExp]>([
  ["expired", hostName, /certificate has expired/],
  ["not-yet-valid", hostName, /certificate is not valid yet/],
  ["self-signed", hostName, /certificate is self-signed/],
  ["missing-intermediate", hostName, /not issued by an authority that is trusted here/],
  ["wrong-name", hostName, /certificate is not for mx\.example\.com/],
  ["healthy-ec", "127.0.0.1", /certificate is not for 127\.0\.0\.1/],
])(
  "a resolver with the certificate %s, wanted for %s, is told nothing",
  async (name, host, says) => {
    const server = await serveDnsOverTls({ identity: cert(name), answer: mxOf });
    const resolver = resolverOver([
      `tls://127.0.0.1:${server.port}#${host}`.replace("#127.0.0.1", ""),
    ]);
    const { status, failure } = await resolver.query("example.com", "MX");
    expect(status).toBe("failed");
    expect(failure).toMatchObject({ stage: "resolve", code: "tls-handshake" });
    expect(failure?.message).toContain(
      `the resolver tls://127.0.0.1:${server.port} did not answer MX example.com: the resolver's certificate`,
    );
    expect(failure?.message).toMatch(says);
    expect(server.queries).toEqual([]);
  },
);

type Act = NonNullable<Parameters<typeof serveDnsOverTls>[0]["act"]>;
test.each<[string, Act, string, RegExp]>([
  ["is silent", () => undefined, "dns-timeout", /nothing came over TLS within (?:1 s|9\d\d ms)/],
  ["closes", (_query, socket) => void socket.end(), "closed-early", /closed the connection/],
  [
    "sends garbage",
    (_query, socket) => void socket.write(Buffer.alloc(70_000, 0x80)),
    "dns-malformed",
    /no answer to the question/,
  ],
  [
    "answers another question",
    (query, socket) => void socket.write(framed(answerTo(otherName(query), []))),
    "dns-malformed",
    /no answer to the question/,
  ],
  [
    "promises more than it sends",
    (_query, socket) => void socket.write(Uint8Array.of(255, 255, 0)),
    "dns-timeout",
    /nothing came over TLS/,
  ],
  [
    "truncates",
    (query, socket) => void socket.write(framed(answerTo(query, [], { truncated: true }))),
    "dns-malformed",
    /truncated its answer/,
  ],
])("a resolver that %s fails the question within its time", async (_what, act, code, says) => {
  const server = await serveDnsOverTls({ act });
  const resolver = resolverOver([`tls://127.0.0.1:${server.port}#${hostName}`]);
  const startedAt = performance.now();
  const { failure } = await resolver.query("example.com", "MX");
  expect(performance.now() - startedAt).toBeLessThan(4_500);
  expect(failure?.code).toBe(code);
  expect(failure?.message).toMatch(says);
});

test("a server that speaks plain TCP there fails the handshake, by its own deadline", async () => {
  const plain = await listen("127.0.0.1", () => undefined);
  const resolver = resolverOver([`tls://127.0.0.1:${plain.port}`]);
  const { failure } = await resolver.query("example.com", "MX");
  await plain.close();
  expect(failure?.code).toBe("dns-timeout");
  expect(failure?.message).toMatch(/handshake did not end/);
});

test("a dead resolver over TLS is followed by one over UDP, and said to be dead", async () => {
  const nobody = await unusedPort();
  const udp = await startDnsServer({ udp: exchanger });
  const resolver = resolverOver([`tls://127.0.0.1:${nobody.port}`, `127.0.0.1:${udp.port}`]);
  const answer = await resolver.query("example.com", "MX");
  await udp.close();
  expect(answer).toMatchObject({ status: "answer", transport: "udp" });
  expect(answer.notes).toEqual([
    `the resolver tls://127.0.0.1:${nobody.port} did not answer MX example.com: nothing listens there`,
  ]);
});

test("a dead resolver over UDP is followed by one over TLS", async () => {
  const nobody = await unusedPort();
  const server = await serveDnsOverTls({ answer: mxOf });
  const resolver = resolverOver([
    `127.0.0.1:${nobody.port}`,
    `tls://127.0.0.1:${server.port}#${hostName}`,
  ]);
  expect(await resolver.query("example.com", "MX")).toMatchObject({ transport: "tls" });
});

test("a question under way ends at once when the resolver is closed", async () => {
  const server = await serveDnsOverTls({});
  const resolver = resolverOver([`tls://127.0.0.1:${server.port}#${hostName}`]);
  const answer = resolver.query("example.com", "MX");
  resolver.close();
  expect((await answer).failure?.code).toBe("aborted");
});
