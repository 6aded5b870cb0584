import { createEvidence, type Evidence } from "../../src/core/evidence.ts";
import { known, unknown, type Fact } from "../../src/core/fact.ts";
import { failure, type Failure, type Reply } from "../../src/core/failure.ts";
import { observationId, type Observation, type Subject } from "../../src/core/observation.ts";
import type { CertificateFacts, TlsFacts } from "../../src/core/tls-facts.ts";
import type {
  AddressesData,
  AddressRecord,
  DmarcRecordData,
  EnvironmentData,
  Exchange,
  InjectionOutcome,
  Kind,
  KindMap,
  MxSetData,
  ObservationOf,
  PortControlData,
  ReverseNameData,
  SmtpCommandsData,
  SmtpEnvelopeData,
  SmtpHelloData,
  SpfRecordData,
  StarttlsOutcome,
  TlsTrial,
} from "../../src/probes/kinds.ts";

/** The time at which test evidence is judged. */
export const testNow = new Date("2026-03-01T12:00:00Z");

/** A fact that the resolver could not tell. */
export const servfail = unknown(failure("resolve", "dns-servfail"));

/** A fact for which there was no time. */
export const outOfTime = unknown("deadline");

/** Evidence made of the observations, in order. */
export function evidenceOf(...observations: readonly { readonly kind: string }[]): Evidence {
  return createEvidence(observations as readonly Observation[]);
}

/** An observation with the data, made without trouble. */
export function observed<K extends Kind>(
  kind: K,
  subject: Subject,
  data: KindMap[K] | null,
  more: Partial<ObservationOf<K>> = {},
): ObservationOf<K> {
  return {
    id: observationId(kind, subject),
    kind,
    subject,
    startedAtMs: 0,
    durationMs: 12,
    outcome: data === null ? "skipped" : "ok",
    data,
    ...(data === null ? { skipReason: "not-applicable" as const } : {}),
    dependsOn: [],
    timings: {},
    ...more,
  };
}

/** A reply: `reply(550, "5.1.1 No such user")`; the enhanced code is read from the first line. */
export function reply(code: number, ...lines: readonly string[]): Reply {
  const enhanced = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/.exec(lines[0] ?? "")?.[1];
  return { code, lines: lines.length > 0 ? lines : ["ok"], ...(enhanced ? { enhanced } : {}) };
}

/** A public address record. */
export function address(ip: string, scope = "public"): AddressRecord {
  return { ip, ttlSeconds: 3600, scope };
}

/** MX records in order: `exchanges("mx1.example.com", "mx2.example.com")` have preference 10, 20. */
export function exchanges(...hosts: readonly string[]): readonly Exchange[] {
  return hosts.map((exchange, index) => ({
    preference: exchange === "." ? 0 : (index + 1) * 10,
    exchange,
    ttlSeconds: 3600,
  }));
}

/** The MX set of example.com: two exchangers unless told otherwise; `hosts` follows the records. */
export function mxSet(over: Partial<MxSetData> = {}, domain = "example.com") {
  const records = over.records ?? known(exchanges("mx1.example.com", "mx2.example.com"));
  const implicit = over.implicit ?? known(false);
  const named = records.known ? records.value.map(({ exchange }) => exchange) : [];
  const hosts = implicit.known && implicit.value ? [domain] : named.filter((name) => name !== ".");
  return observed(
    "mx-set",
    { domain },
    {
      exists: known(true),
      aliases: known([]),
      authentic: known(false),
      hosts,
      omitted: 0,
      answers: [],
      ...over,
      records,
      implicit,
    },
  );
}

/** The addresses of mx1.example.com: one of each family unless told otherwise. */
export function addresses(over: Partial<AddressesData> = {}, host = "mx1.example.com") {
  return observed(
    "addresses",
    { host },
    {
      exists: known(true),
      ipv4: known([address("192.0.2.1")]),
      ipv6: known([address("2001:db8::1")]),
      aliases: known([]),
      form: "name",
      omitted: 0,
      answers: [],
      ...over,
    },
  );
}

/** The reverse name of 192.0.2.1, confirmed unless told otherwise. */
export function reverseName(over: Partial<ReverseNameData> = {}, ip = "192.0.2.1") {
  const data = {
    names: known(["mx1.example.com"]),
    confirmed: known(["mx1.example.com"]),
    answers: [],
  };
  return observed("reverse-name", { ip }, { ...data, ...over });
}

/** The SPF records of example.com; one that ends in -all unless told otherwise. */
export function spf(
  records: readonly string[] = ["v=spf1 mx -all"],
  over: Partial<SpfRecordData> = {},
) {
  const data = { records: known(records), answers: [] };
  return observed("spf-record", { domain: "example.com" }, { ...data, ...over });
}

/** The DMARC walk of example.com that ends at the domain itself. */
export function dmarc(
  records: readonly string[] = ["v=DMARC1; p=reject; rua=mailto:postmaster@example.com"],
  over: Partial<DmarcRecordData> = {},
) {
  const data = {
    records: known(records),
    foundAt: known(records.length > 0 ? "example.com" : ""),
    walk: [{ name: "example.com", records }],
    answers: [],
  };
  return observed("dmarc-record", { domain: "example.com" }, { ...data, ...over });
}

/** A leaf certificate for mx1.example.com that a CA signed, valid for 90 days around `testNow`. */
export function certificate(over: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    subject: "CN=mx1.example.com",
    issuer: "CN=Example Intermediate CA",
    serialNumber: "01",
    notBefore: "2026-02-01T00:00:00.000Z",
    notAfter: "2026-05-02T00:00:00.000Z",
    dnsNames: ["mx1.example.com"],
    ipAddresses: [],
    keyType: "rsa",
    keyBits: 2048,
    signatureAlgorithm: "sha256WithRSAEncryption",
    sha256: "00",
    spkiSha256: "00",
    selfSigned: false,
    ...over,
  };
}

/** The intermediate that signed `certificate()`. */
export function intermediate(over: Partial<CertificateFacts> = {}): CertificateFacts {
  return certificate({
    subject: "CN=Example Intermediate CA",
    issuer: "CN=Example Root CA",
    notBefore: "2024-01-01T00:00:00.000Z",
    notAfter: "2034-01-01T00:00:00.000Z",
    dnsNames: [],
    ...over,
  });
}

/** A modern, trusted handshake. */
export function tls(over: Partial<TlsFacts> = {}): TlsFacts {
  return {
    mode: "starttls",
    serverName: "mx1.example.com",
    version: "TLSv1.3",
    cipher: "TLS_AES_256_GCM_SHA384",
    keyExchange: "X25519",
    keyExchangeBits: 253,
    chain: [certificate(), intermediate()],
    trusted: true,
    trustStore: "system",
    referenceIdentifier: "mx1.example.com",
    nameMatch: "exact",
    handshakeMs: 20,
    ...over,
  };
}

const at25 = { host: "mx1.example.com", ip: "192.0.2.1", port: 25 } as const;

/** A healthy session with mx1.example.com at 192.0.2.1:25. */
export function hello(over: Partial<SmtpHelloData> = {}, subject: Subject = {}) {
  const done: StarttlsOutcome = { state: "done" };
  const common = [
    { keyword: "PIPELINING", parameters: [] },
    { keyword: "SIZE", parameters: ["52428800"] },
    { keyword: "8BITMIME", parameters: [] },
  ];
  const extensions = known([...common, { keyword: "STARTTLS", parameters: [] }]);
  return observed(
    "smtp-hello",
    { ...at25, ...subject },
    {
      connected: known(true),
      greeting: known(reply(220, "mx1.example.com ESMTP")),
      greetingName: known("mx1.example.com"),
      hello: known({ verb: "EHLO", reply: reply(250, "mx1.example.com", "STARTTLS") }),
      extensions,
      starttls: known(done),
      tls: known(tls()),
      extensionsAfterTls: known(common),
      masked: [],
      oddities: [],
      localAddress: "198.51.100.7",
      ownNetwork: false,
      ...over,
    },
  );
}

/** A session that failed before or at the greeting. */
export function deadHello(why: Failure, subject: Subject = {}, over: Partial<SmtpHelloData> = {}) {
  const missing = { known: false, cause: { failure: why } } as const;
  const session = hello(
    {
      connected: why.stage === "connect" ? missing : known(true),
      greeting: missing,
      greetingName: missing,
      hello: missing,
      extensions: missing,
      starttls: missing,
      tls: missing,
      extensionsAfterTls: missing,
      ...over,
    },
    subject,
  );
  return { ...session, outcome: "failed" as const, failure: why };
}

/** An exchanger that was not visited. */
export function skippedHello(
  skipReason: NonNullable<Observation["skipReason"]>,
  subject: Subject = {},
) {
  return observed("smtp-hello", { ...at25, ...subject }, null, { skipReason });
}

/** A well-behaved envelope conversation at mx1.example.com for example.com. */
export function envelope(over: Partial<SmtpEnvelopeData> = {}, subject: Subject = {}) {
  return observed(
    "smtp-envelope",
    { domain: "example.com", ...at25, ...subject },
    {
      nullSender: known(reply(250, "2.1.0 Ok")),
      postmaster: known(reply(250, "2.1.5 Ok")),
      unknownRecipient: known({
        recipient: "maildoctor-qwertyui@example.com",
        reply: reply(550, "5.1.1 <maildoctor-qwertyui@example.com>: User unknown"),
      }),
      relay: known({
        sender: "maildoctor@probe.example.net",
        recipient: "maildoctor@example.org",
        decidedAt: "rcpt",
        reply: reply(554, "5.7.1 <maildoctor@example.org>: Relay access denied"),
      }),
      ...over,
    },
  );
}

/** What mx1.example.com says to commands that no delivery needs: nothing that matters. */
export function commands(over: Partial<SmtpCommandsData> = {}, subject: Subject = {}) {
  return observed(
    "smtp-commands",
    { ...at25, ...subject },
    {
      vrfyPostmaster: known(reply(252, "2.0.0 postmaster")),
      vrfyUnknown: known({
        name: "maildoctor-qwertyui",
        reply: reply(252, "2.0.0 maildoctor-qwertyui"),
      }),
      expnPostmaster: known(reply(502, "5.5.1 Not implemented")),
      unknownVerb: known(reply(500, "5.5.2 Not recognized")),
      help: known(reply(214, "2.0.0 See the manual")),
      ...over,
    },
  );
}

const notAccepted: TlsTrial = { accepted: false, how: "the server sent an alert" };

/** A handshake that offered TLS 1.0 and 1.1 alone; refused unless told otherwise. */
export function legacyTls(trial: Fact<TlsTrial> = known(notAccepted), subject: Subject = {}) {
  return observed("tls-legacy", { ...at25, ...subject }, { trial });
}

/** A handshake that offered an anonymous key exchange alone; refused unless told otherwise. */
export function anonymousTls(trial: Fact<TlsTrial> = known(notAccepted), subject: Subject = {}) {
  return observed("tls-anonymous", { ...at25, ...subject }, { trial });
}

/** What became of a command that was slipped in before TLS; nothing unless told otherwise. */
export function injection(
  outcome: Fact<InjectionOutcome> = known({ state: "ignored" }),
  subject: Subject = {},
) {
  return observed("command-injection", { ...at25, ...subject }, { outcome });
}

/** Whether 192.0.2.1 answers on another port. */
export function portControl(over: Partial<PortControlData> = {}, subject: Subject = {}) {
  const data = { reason: "same-address" as const, reachable: known(true) };
  return observed("port-control", { ...at25, port: 443, ...subject }, { ...data, ...over });
}

/** Ourselves, with nothing remarkable. */
export function environment(over: Partial<EnvironmentData> = {}) {
  return observed(
    "environment",
    {},
    {
      ehloName: "probe.example.net",
      ehloSource: "reverse-name",
      resolvers: ["127.0.0.1:53"],
      dnssecTrusted: true,
      ipv6Route: true,
      ipv4Route: true,
      weakened: [],
      ...over,
    },
  );
}

/** Extensions as EHLO lists them: `announced("STARTTLS", "SIZE 1000")`. */
export function announced(...lines: readonly string[]) {
  return known(
    lines.map((line) => {
      const [keyword = "", ...parameters] = line.split(" ");
      return { keyword, parameters };
    }),
  );
}
