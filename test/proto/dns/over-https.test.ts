import { expect, test } from "vitest";
import { cert, type CertName } from "../../kit/certs.ts";
import { answerTo, startDnsServer, unusedPort } from "../../kit/dns-server.ts";
import { fromZones, serveDnsOverHttps } from "../../kit/secure-dns-server.ts";
import { serveZones } from "../../kit/zone.ts";
import { makeCertificate } from "../../wire/make-certificate.ts";
import { hostName, mxOf, resolverOver } from "./secure-resolver.ts";
import { exchanger, limits, otherName } from "./with-servers.ts";

const zone = `$ORIGIN example.com.
@ 300 IN SOA ns1 root 1 1 1 1 1
@ 300 IN MX 10 mx
mx 300 IN A 192.0.2.1
`;

const at = (port: number, path = "/dns-query"): string =>
  `https://${hostName}:${port}${path}#127.0.0.1`;

test("the answers of a zone come over HTTPS, posted to the path with id 0", async () => {
  const server = await serveDnsOverHttps({ answer: fromZones(await serveZones([zone])) });
  const resolver = resolverOver([at(server.port, "/a/b?c=d")]);
  expect(resolver.servers).toEqual([`https://${hostName}:${server.port}/a/b?c=d`]);
  const mx = await resolver.query("example.com", "MX");
  expect(mx).toMatchObject({ transport: "https", server: resolver.servers[0], notes: [] });
  expect((await resolver.query("mx.example.com", "A")).records[0]?.value).toBe("192.0.2.1");
  expect((await resolver.query("no.example.com", "A")).status).toBe("name-not-found");
  expect(server.connections()).toBe(1);
  const [request] = server.requests;
  expect(request).toMatchObject({ method: "POST", url: "/a/b?c=d" });
  expect(request?.headers).toMatchObject({
    host: `${hostName}:${server.port}`,
    "content-type": "application/dns-message",
    accept: "application/dns-message",
  });
  expect(server.queries[0]?.readUInt16BE(0)).toBe(0);
});

test("a certificate for the address itself needs no name", async () => {
  const identity = makeCertificate({ ipAddresses: [Uint8Array.of(127, 0, 0, 1)] });
  const server = await serveDnsOverHttps({ identity, answer: mxOf });
  const resolver = resolverOver([`https://127.0.0.1:${server.port}/`], {
    pem: identity.certificates,
  });
  expect((await resolver.query("example.com", "MX")).status).toBe("answer");
});

test("the AD bit counts when the resolver is trusted for it, and not otherwise", async () => {
  const server = await serveDnsOverHttps({
    answer: (query) => answerTo(query, [], { authentic: true }),
  });
  const judged = await resolverOver([at(server.port)], { trustAd: true }).query("a.example", "MX");
  const not = await resolverOver([at(server.port)]).query("a.example", "MX");
  expect([judged.authentic, not.authentic]).toEqual([true, "not-judged"]);
});

test("two hundred questions at once share a few connections", async () => {
  const server = await serveDnsOverHttps({ answer: (query) => answerTo(query, []) });
  // A busy machine takes its time over two hundred questions.
  const patient = { ...limits, dnsTryMs: 20_000, dnsTcpMs: 20_000, dnsQueryMs: 25_000 };
  const resolver = resolverOver([at(server.port)], { limits: patient });
  const names = Array.from({ length: 200 }, (_none, index) => `host${index}.example`);
  const answers = await Promise.all(names.map((name) => resolver.query(name, "A")));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(["no-data"]));
  expect(server.connections()).toBeLessThan(50);
});

test("a connection that the server closed while it was idle is opened again", async () => {
  const server = await serveDnsOverHttps({ answer: mxOf });
  const resolver = resolverOver([at(server.port)]);
  await resolver.query("example.com", "MX");
  server.hangUp();
  expect((await resolver.query("example.com", "TXT")).rcode).toBe("NOERROR");
});

test.each<[CertName, RegExp]>([
  ["expired", /certificate has expired/],
  ["self-signed", /certificate is self-signed/],
  ["wrong-name", /certificate is not for mx\.example\.com/],
])("a resolver with the certificate %s is told nothing", async (name, says) => {
  const server = await serveDnsOverHttps({ identity: cert(name), answer: mxOf });
  const { failure } = await resolverOver([at(server.port)]).query("example.com", "MX");
  expect(failure).toMatchObject({ stage: "resolve", code: "tls-handshake" });
  expect(failure?.message).toContain("the resolver's certificate");
  expect(failure?.message).toMatch(says);
  expect(server.queries).toEqual([]);
});

type Act = NonNullable<Parameters<typeof serveDnsOverHttps>[0]["act"]>;
const typed = { "content-type": "application/dns-message" };
test.each<[string, Act, string, RegExp]>([
  ["is silent", () => undefined, "dns-timeout", /nothing complete came within (?:1 s|9\d\d ms)/],
  ["closes", (response) => void response.destroy(), "connect-reset", /dropped the connection/],
  [
    "redirects",
    (response) => void response.writeHead(302, { location: "/other" }).end(),
    "redirected",
    /redirects elsewhere \(HTTP status 302\)/,
  ],
  [
    "answers 500",
    (response, query) => void response.writeHead(500, typed).end(mxOf(query)),
    "http-status",
    /HTTP status 500/,
  ],
  [
    "sends a web page",
    (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
    "bad-reply",
    /text\/html instead of application\/dns-message/,
  ],
  [
    "sends garbage",
    (response) => void response.writeHead(200, typed).end(Buffer.alloc(100, 0x80)),
    "dns-malformed",
    /no answer to this question/,
  ],
  [
    "sends nothing",
    (response) => void response.writeHead(200, typed).end(),
    "dns-malformed",
    /no answer to this question/,
  ],
  [
    "answers another question",
    (response, query) => void response.writeHead(200, typed).end(answerTo(otherName(query), [])),
    "dns-malformed",
    /no answer to this question/,
  ],
  [
    "sends too much",
    (response) => void response.writeHead(200, typed).end(Buffer.alloc(70_000)),
    "too-large",
    /larger than 64 KiB/,
  ],
  [
    "stops in the middle",
    (response, query) => {
      response.writeHead(200, { ...typed, "content-length": 500 });
      response.write(mxOf(query), () => response.destroy());
    },
    "connect-reset",
    /dropped the connection/,
  ],
  [
    "promises more than it sends",
    (response, query) => {
      response.writeHead(200, { ...typed, "content-length": 500 });
      response.write(mxOf(query));
    },
    "dns-timeout",
    /nothing complete came/,
  ],
  [
    "speaks no HTTP",
    (response) => void response.socket?.write("220 mx.example.com ESMTP\r\n"),
    "bad-reply",
    /not HTTP/,
  ],
])("a resolver that %s fails the question within its time", async (_what, act, code, says) => {
  const server = await serveDnsOverHttps({ act });
  const resolver = resolverOver([at(server.port)]);
  const startedAt = performance.now();
  const { failure } = await resolver.query("example.com", "MX");
  expect(performance.now() - startedAt).toBeLessThan(4_500);
  expect(failure?.message).toMatch(says);
  expect(failure?.code).toBe(code);
});

test("a dead resolver over HTTPS is followed by one over UDP, and said to be dead", async () => {
  const nobody = await unusedPort();
  const udp = await startDnsServer({ udp: exchanger });
  const resolver = resolverOver([at(nobody.port), `127.0.0.1:${udp.port}`]);
  const answer = await resolver.query("example.com", "MX");
  await udp.close();
  expect(answer).toMatchObject({ status: "answer", transport: "udp" });
  expect(answer.notes[0]).toMatch(
    /^the resolver https:.* did not answer .*: nothing listens there$/,
  );
});

test("a question under way ends at once when the resolver is closed", async () => {
  const server = await serveDnsOverHttps({});
  const resolver = resolverOver([at(server.port)]);
  const answer = resolver.query("example.com", "MX");
  resolver.close();
  expect((await answer).failure?.code).toBe("aborted");
});
