import type { DnsAnswer, RecordData, RecordType } from "../../src/core/dns.ts";
import { known, unknown } from "../../src/core/fact.ts";
import { failure } from "../../src/core/failure.ts";
import type { Finding, Severity } from "../../src/core/finding.ts";
import type { Observation, Subject, TranscriptEntry } from "../../src/core/observation.ts";
import type { Report, RootCause } from "../../src/core/report.ts";
import {
  address,
  addresses,
  certificate,
  deadHello,
  environment,
  exchanges,
  hello,
  mxSet,
  observed,
  reply,
  reverseName,
  spf,
  tls,
} from "./evidence.ts";

/** A DNS answer from the test's resolver with these values. */
export function answer<T extends RecordType>(
  name: string,
  type: T,
  values: readonly RecordData[T][],
  over: Partial<DnsAnswer<T>> = {},
): DnsAnswer<T> {
  return {
    name,
    type,
    status: values.length > 0 ? "answer" : "no-data",
    rcode: "NOERROR",
    authentic: false,
    records: values.map((value) => ({ name, ttlSeconds: 3600, value })),
    cnameChain: [],
    extendedErrors: [],
    server: "127.0.0.1:53",
    transport: "udp",
    notes: [],
    durationMs: 3,
    ...over,
  };
}

/** A transcript: "C EHLO x", "S 220 x", "c" and "s" for what is encrypted; 4 ms a line. */
export function transcript(...lines: readonly string[]): TranscriptEntry[] {
  return lines.map((line, index) => {
    const mark = line.slice(0, 1);
    const from = mark.toUpperCase() as TranscriptEntry["from"];
    return {
      atMs: 100 + index * 4,
      from,
      text: line.slice(2),
      encrypted: mark === mark.toLowerCase() && /[cs]/.test(mark),
    };
  });
}

/** The observation with a transcript. */
function spoken<T extends { readonly kind: string }>(
  observation: T,
  lines: readonly TranscriptEntry[],
): T & { readonly transcript: readonly TranscriptEntry[] } {
  return { ...observation, transcript: lines };
}

/** A problem as the judge writes it. */
export function problem(
  checkId: string,
  message: string,
  severity: Severity,
  subject: Subject,
  text: string,
  more: Partial<Finding> = {},
): Finding {
  return finding(checkId, "problem", subject, { message, severity, text, ...more });
}

/** A finding of any verdict. */
export function finding(
  checkId: string,
  verdict: Finding["verdict"],
  subject: Subject,
  more: Partial<Finding> = {},
): Finding {
  const cites = [`smtp-hello:${subject.host}:${subject.ip}:${subject.port}`];
  return {
    checkId,
    verdict,
    subject,
    data: {},
    cites,
    fingerprint: "0123456789abcdef",
    text: "",
    fix: "",
    ...more,
  };
}

/** A report about example.com whose summary counts its findings. */
export function report(
  headline: string,
  observations: readonly { readonly kind: string }[],
  findings: readonly Finding[],
  more: Partial<Omit<Report, "summary">> & {
    readonly rootCauses?: readonly RootCause[];
    readonly ended?: Report["summary"]["ended"];
  } = {},
): Report {
  const { rootCauses = [], ended = "complete", ...rest } = more;
  const number = (verdict: string): number =>
    findings.filter((one) => one.verdict === verdict).length;
  const worse = (severity: string): number =>
    findings.filter((one) => one.severity === severity).length;
  return {
    schemaVersion: 1,
    tool: { name: "maildoctor", version: "0.1.0", node: "20.20.2" },
    target: {
      kind: "domain",
      input: "example.com",
      domain: "example.com",
      unicode: "example.com",
    },
    exam: "domain",
    startedAt: "2026-03-01T12:00:00.000Z",
    durationMs: 1234,
    options: { resolvers: ["127.0.0.1:53"], deadlineMs: 60_000 },
    observations: observations as readonly Observation[],
    findings,
    summary: {
      headline,
      problems: { note: worse("note"), warning: worse("warning"), error: worse("error") },
      inconclusive: number("inconclusive"),
      passed: number("pass"),
      notApplicable: number("not-applicable"),
      rootCauses,
      ended,
    },
    ...rest,
  };
}

const mx1 = { host: "mx1.example.com", ip: "192.0.2.1", port: 25 };
const mx2 = { host: "mx2.example.com", ip: "192.0.2.2", port: 25 };

const mxAnswer = answer("example.com", "MX", [
  { preference: 10, exchange: "mx1.example.com" },
  { preference: 20, exchange: "mx2.example.com" },
]);

const talk = transcript(
  "= connected to 192.0.2.1:25",
  "S 220 mx1.example.com ESMTP",
  "C EHLO probe.example.net",
  "S 250-mx1.example.com",
  "S 250-SIZE 10240000",
  "S 250-STARTTLS",
  "S 250 8BITMIME",
  "C STARTTLS",
  "S 220 2.0.0 Ready to start TLS",
  "= TLSv1.3 TLS_AES_256_GCM_SHA384",
  "c EHLO probe.example.net",
  "s 250-mx1.example.com",
  "s 250-SIZE 10240000",
  "s 250 8BITMIME",
  "c QUIT",
  "s 221 2.0.0 Bye",
);

const plainTalk = transcript(
  "= connected to 192.0.2.2:25",
  "S 220 mx2.example.com ESMTP",
  "C EHLO probe.example.net",
  "S 250-mx2.example.com",
  "S 250-PIPELINING",
  "S 250-SIZE 10240000",
  "S 250 8BITMIME",
  "C QUIT",
  "S 221 2.0.0 Bye",
);

const size = { keyword: "SIZE", parameters: ["10240000"] };
const eightBit = { keyword: "8BITMIME", parameters: [] };
const timings = {
  connectMs: 11,
  greetingMs: 24,
  tlsMs: 31,
  commands: [
    { command: "EHLO", ms: 12 },
    { command: "STARTTLS", ms: 11 },
  ],
};

const goodHello = {
  ...hello({
    extensions: known([size, { keyword: "STARTTLS", parameters: [] }, eightBit]),
    extensionsAfterTls: known([size, eightBit]),
  }),
  transcript: talk,
  timings,
};
const plainHello = {
  ...hello(
    {
      extensions: known([size, eightBit]),
      starttls: known({ state: "not-offered" }),
      tls: unknown("not-applicable"),
      extensionsAfterTls: unknown("not-applicable"),
    },
    mx2,
  ),
  transcript: plainTalk,
};

const mxSetSeen = mxSet({ answers: [mxAnswer] });
const passes: readonly Finding[] = [
  finding("mx/missing", "pass", { domain: "example.com" }, { cites: ["mx-set:example.com"] }),
  finding(
    "address/no-reverse-name",
    "pass",
    { ip: "192.0.2.1" },
    { cites: ["reverse-name:192.0.2.1"] },
  ),
  finding("smtp/greeting-refused", "pass", mx1),
  finding("tls/certificate-expired", "pass", mx1),
  finding("spf/missing", "pass", { domain: "example.com" }, { cites: ["spf-record:example.com"] }),
];

const noStarttls = problem(
  "smtp/starttls-missing",
  "not-offered",
  "error",
  mx2,
  "mx2.example.com (192.0.2.2) does not offer STARTTLS, so mail to it crosses the network unencrypted.",
  { fix: "Switch TLS on in the server, with a certificate for mx2.example.com." },
);

const tooOld = tls({
  chain: [certificate({ notAfter: "2026-02-20T00:00:00.000Z" })],
  trusted: false,
  trustError: "CERT_HAS_EXPIRED",
});

const timeout = failure("connect", "connect-timeout", "connecting to 192.0.2.2:25 timed out");
const timedOut = { failure: timeout } as const;
const deadId = "smtp-hello:mx2.example.com:192.0.2.2:25";

/** Reports as people meet them, by name. */
export const cases: Readonly<Record<string, Report>> = {
  healthy: report(
    "Mail to example.com arrives",
    [
      environment(),
      mxSetSeen,
      addresses(),
      reverseName(),
      spf(),
      goodHello,
      spoken(hello({}, mx2), talk),
    ],
    [...passes, finding("dane/missing", "not-applicable", mx1)],
  ),

  "starttls-missing": report(
    "Mail to example.com arrives, but one of two servers would hand it over unencrypted",
    [environment(), mxSetSeen, goodHello, plainHello],
    [noStarttls, finding("smtp/starttls-missing", "pass", mx1), ...passes],
  ),

  timeout: report(
    "Whether mail to example.com arrives could not be told for one of two servers",
    [environment(), mxSetSeen, goodHello, deadHello(timeout, mx2)],
    [
      ...passes,
      ...["smtp/starttls-missing", "smtp/greeting-refused", "tls/certificate-expired"].map((id) =>
        finding(id, "inconclusive", mx2, { because: { observation: deadId, cause: timedOut } }),
      ),
    ],
    {
      rootCauses: [
        {
          observation: deadId,
          cause: timedOut,
          text: "Nothing answered at mx2.example.com (192.0.2.2) port 25 within 5 seconds.",
          advice: "Run it again from a network that may connect to port 25.",
          checkIds: ["smtp/starttls-missing", "smtp/greeting-refused", "tls/certificate-expired"],
        },
      ],
    },
  ),

  "null-mx": report(
    "example.com accepts no mail, and says so",
    [
      environment(),
      mxSet({
        records: known(exchanges(".")),
        hosts: [],
        answers: [answer("example.com", "MX", [{ preference: 0, exchange: "." }])],
      }),
    ],
    [
      problem(
        "mx/null-mx",
        "no-mail",
        "note",
        { domain: "example.com" },
        "example.com publishes a null MX: it accepts no mail.",
        {
          cites: ["mx-set:example.com"],
          fix: "Nothing, if the domain is not meant to receive mail.",
        },
      ),
    ],
  ),

  "certificate-expired": report(
    "Mail to example.com arrives, but mx1.example.com shows an expired certificate",
    [environment(), mxSetSeen, spoken(hello({ tls: known(tooOld) }), talk)],
    [
      problem(
        "tls/certificate-expired",
        "expired",
        "warning",
        mx1,
        "The certificate of mx1.example.com (192.0.2.1) expired on 2026-02-20, 9 days ago.",
        { fix: "Renew the certificate of mx1.example.com, and make its renewal automatic." },
      ),
    ],
  ),

  "many-problems": report(
    "Mail to example.com is lost: no exchanger can be reached, and there are 4 more problems",
    [
      environment(),
      mxSet({
        records: known(exchanges("mx1.example.com", "alias.example.com")),
        answers: [mxAnswer],
      }),
      observed(
        "spf-record",
        { domain: "example.com" },
        {
          records: known([]),
          answers: [answer("example.com", "TXT", [["verification=canary"], ["other"]])],
        },
      ),
      deadHello(failure("connect", "connect-refused", "192.0.2.1:25 refused the connection")),
      plainHello,
      { ...plainHello, id: "smtp-hello:mx2.example.com:2001:db8::2:25" },
    ],
    [
      problem(
        "spf/missing",
        "none",
        "warning",
        { domain: "example.com" },
        "example.com has no SPF record, so anybody can send in its name unnoticed.",
        {
          cites: ["spf-record:example.com"],
          fix: "Publish an SPF record that names the servers which send for the domain.",
          records: [{ name: "example.com", type: "TXT", value: "v=spf1 mx -all" }],
        },
      ),
      noStarttls,
      {
        ...noStarttls,
        subject: { ...mx2, ip: "2001:db8::2" },
        cites: ["smtp-hello:mx2.example.com:2001:db8::2:25"],
        text: "mx2.example.com (2001:db8::2) does not offer STARTTLS, so mail to it crosses the network unencrypted.",
      },
      problem(
        "mx/unreachable",
        "all",
        "error",
        { domain: "example.com" },
        "None of the 2 exchangers of example.com can be reached.",
        {
          cites: ["mx-set:example.com"],
          fix: "Start the mail server, or open port 25 in its firewall.",
        },
      ),
      problem(
        "mx/alias-target",
        "alias",
        "warning",
        { host: "alias.example.com" },
        "The exchange alias.example.com is an alias (CNAME) of mx9.example.net; a sender may refuse it.",
        {
          cites: ["mx-set:example.com"],
          fix: "Name mx9.example.net itself in the MX record.",
          records: [{ name: "example.com", type: "MX", value: "20 mx9.example.net." }],
        },
      ),
      ...passes.slice(0, 1),
    ],
    { ended: "deadline" },
  ),

  route: report(
    "Mail to bücher.example goes to two servers",
    [
      environment(),
      observed(
        "delegation",
        { domain: "xn--bcher-kva.example" },
        {
          zone: known("xn--bcher-kva.example"),
          nameServers: known(["ns1.example.net", "ns2.example.net"]),
          serial: known(2026030101),
          authentic: known(true),
          answers: [
            answer("xn--bcher-kva.example", "SOA", []),
            answer("xn--bcher-kva.example", "NS", []),
          ],
        },
      ),
      mxSet({ answers: [mxAnswer] }, "xn--bcher-kva.example"),
      addresses({
        answers: [
          answer("mx1.example.com", "A", ["192.0.2.1"]),
          answer("mx1.example.com", "AAAA", ["2001:db8::1"]),
        ],
      }),
      reverseName({ answers: [answer("1.2.0.192.in-addr.arpa", "PTR", ["mx1.example.com"])] }),
      reverseName({ names: known([]), confirmed: known([]) }, "2001:db8::1"),
      addresses(
        {
          ipv4: known([address("10.0.0.2", "private use")]),
          ipv6: unknown(
            failure("resolve", "dns-timeout", "no DNS answer for mx2.example.com AAAA"),
          ),
          aliases: known(["host.example.net"]),
        },
        "mx2.example.com",
      ),
    ],
    [],
    {
      exam: "route",
      target: {
        kind: "domain",
        input: "bücher.example",
        domain: "xn--bcher-kva.example",
        unicode: "bücher.example",
      },
    },
  ),

  handshake: report(
    "mx1.example.com speaks SMTP with TLS",
    [environment(), goodHello, plainHello],
    [noStarttls, ...passes],
    {
      exam: "handshake",
      target: {
        kind: "service",
        input: "mx1.example.com:25",
        domain: "mx1.example.com",
        unicode: "mx1.example.com",
        host: "mx1.example.com",
        port: 25,
      },
    },
  ),

  hostile: report(
    "Whether mail to example.com arrives could not be told",
    [
      spoken(
        hello({ greeting: known(reply(220, "\u001b]0;owned\u0007\u202e")) }),
        transcript("S 220 \u001b[2J\r\nfake \u009b31m\u202etxt\u{e0041}\ud800", "C QUIT"),
      ),
    ],
    [
      problem(
        "smtp/greeting-refused",
        "odd",
        "error",
        mx1,
        `The greeting was "\u001b[31m\u0000\u2028" and ${"long".repeat(60)} 漢字${"漢".repeat(60)}.`,
        {
          fix: "Remove \u0007 it.",
          records: [{ name: "a.example", type: "TXT", value: "\u001b[0m" }],
        },
      ),
    ],
  ),
};
