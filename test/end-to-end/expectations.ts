/** What `maildoctor check DOMAIN` must say of a domain of the plan. */
export interface Expectation {
  readonly domain: string;
  /** The end of the test's name: what is true of the domain. */
  readonly says: string;
  readonly exitCode: 0 | 1 | 3;
  /** The sentence with which the terminal output begins. */
  readonly verdict: RegExp;
  /** All problems as "check:message", in alphabetical order. */
  readonly problems: readonly string[];
  /** How many root causes of "could not tell" there are. */
  readonly rootCauses?: number;
  /** How often each server of the domain is visited, when not once. */
  readonly visits?: 0;
}

const arrives = (domain: string): RegExp => new RegExp(`^Mail to ${domain} arrives$`, "i");
const butSays = (domain: string, clause: RegExp): RegExp =>
  new RegExp(
    `^(Mail to ${domain} arrives|The mail servers of ${domain} answer), but .*(${clause.source})`,
    "i",
  );
const untold = (domain: string, cause: RegExp): RegExp =>
  new RegExp(`^Could not tell whether mail to ${domain} arrives.*(${cause.source})`, "i");

const healthy: readonly Expectation[] = [
  ["healthy.test", "a signed zone and two exchangers on IPv4 and IPv6 have no problem"],
  ["healthy-unsigned.test", "the same in an unsigned zone has no problem"],
  ["slow.test", "a greeting after three seconds is no problem"],
  ["exim.test", "a plain Exim on IPv4 and IPv6 has no problem"],
  ["exim-delay.test", "an Exim that greets after two seconds has no problem"],
  ["sendmail.test", "a plain Sendmail on IPv4 and IPv6 has no problem"],
  ["sendmail-pause.test", "a Sendmail that greets after two seconds has no problem"],
].map(([domain = "", says = ""]) => ({
  domain,
  says,
  exitCode: 0,
  verdict: arrives(domain),
  problems: [],
}));

/** Defects of certificates: warnings, because senders do not verify unless told to. */
const certificates: readonly Expectation[] = (
  [
    ["expired.test", "an expired one", /expired/, "certificate-expired:expired"],
    ["notyet.test", "one of the future", /not valid yet/, "certificate-not-yet-valid:not-yet"],
    ["wrongname.test", "another name", /another name/, "certificate-name-mismatch:mismatch"],
    ["selfsigned.test", "self-signed", /self-signed/, "certificate-untrusted:self-signed"],
    ["incomplete.test", "no intermediate", /chain/, "certificate-untrusted:incomplete-chain"],
    ["weakkey.test", "a key of 1024 bits", /key/, "certificate-weak-key:short"],
    ["sha1.test", "signed with SHA-1", /SHA-1|signature/, "certificate-weak-signature:weak"],
    ["tls10.test", "TLS 1.0 only", /outdated TLS/, "version-old:old"],
  ] as const
).map(([domain, defect, clause, problem]) => ({
  domain,
  says: `the defect is named (${defect})`,
  exitCode: 0,
  verdict: butSays(domain, clause),
  problems: [`tls/${problem}`],
}));

/** The same two defects at other servers, whose words for them are others. */
const elsewhere: readonly Expectation[] = ["exim", "sendmail"].flatMap((server) => [
  {
    domain: `${server}-relay.test`,
    says: "the open relay is named",
    exitCode: 1,
    verdict: butSays(`${server}-relay.test`, /relay/),
    problems: ["relay/open-relay:accepts"],
  },
  {
    domain: `${server}-notls.test`,
    says: "the missing STARTTLS is named",
    exitCode: 1,
    verdict: butSays(`${server}-notls.test`, /unencrypted/),
    problems: ["smtp/starttls-missing:missing"],
  },
]);

const sick: readonly Expectation[] = [
  {
    domain: "opensmtpd.test",
    says: "of a plain OpenSMTPD without TLS, that alone is named",
    exitCode: 1,
    verdict: butSays("opensmtpd.test", /unencrypted/),
    problems: ["smtp/starttls-missing:missing"],
    rootCauses: 0,
  },
  {
    domain: "opensmtpd-relay.test",
    says: "the open relay is named before the missing STARTTLS",
    exitCode: 1,
    verdict: butSays("opensmtpd-relay.test", /relay/),
    problems: ["relay/open-relay:accepts", "smtp/starttls-missing:missing"],
  },
  {
    domain: "opensmtpd-openssl3.test",
    says: "a handshake that fails at the server is named",
    exitCode: 1,
    verdict: butSays("opensmtpd-openssl3.test", /encryption that does not work/),
    problems: ["smtp/starttls-broken:broken"],
  },
  {
    domain: "exim-allopen.test",
    says: "a server that accepts whatever it hears is named",
    exitCode: 1,
    verdict: butSays("exim-allopen.test", /foreign/),
    problems: ["relay/open-relay:accepts-everything", "smtp/unknown-recipient-accepted:accepted"],
  },
  {
    domain: "implicit.test",
    says: "the missing MX set is a note",
    exitCode: 0,
    verdict: arrives("implicit.test"),
    problems: ["mx/implicit:implicit"],
  },
  {
    domain: "nullmx.test",
    says: "a domain that takes no mail is healthy",
    exitCode: 0,
    verdict: /^nullmx\.test accepts no mail/,
    problems: [],
  },
  {
    domain: "alias.test",
    says: "the alias behind the MX record is named",
    exitCode: 0,
    verdict: butSays("alias.test", /alias/),
    problems: ["mx/alias-target:alias"],
  },
  {
    domain: "deadbackup.test",
    says: "the dead backup is named",
    exitCode: 0,
    verdict: butSays("deadbackup.test", /mx2\.deadbackup\.test/),
    problems: ["mx/unreachable:dead"],
  },
  {
    domain: "alldead.test",
    says: "mail is lost when no exchanger answers",
    exitCode: 1,
    verdict: /^Mail to alldead\.test is lost/,
    problems: ["mx/unreachable:all"],
  },
  {
    domain: "nostarttls.test",
    says: "the missing STARTTLS is named",
    exitCode: 1,
    verdict: butSays("nostarttls.test", /unencrypted/),
    problems: ["smtp/starttls-missing:missing"],
  },
  {
    domain: "starttls-refused.test",
    says: "a refusal of STARTTLS for the moment (454) is named",
    exitCode: 0,
    verdict: butSays("starttls-refused.test", /cannot encrypt/),
    problems: ["smtp/starttls-refused:temporary"],
  },
  {
    domain: "starttls-broken.test",
    says: "a failing TLS handshake is named",
    exitCode: 1,
    verdict: butSays("starttls-broken.test", /encryption that does not work/),
    problems: ["smtp/starttls-broken:broken"],
  },
  {
    domain: "openrelay.test",
    says: "the open relay is named",
    exitCode: 1,
    verdict: butSays("openrelay.test", /relay/),
    problems: ["relay/open-relay:accepts"],
  },
  {
    domain: "catchall.test",
    says: "a domain that accepts every recipient gets a note",
    exitCode: 0,
    verdict: arrives("catchall.test"),
    problems: ["smtp/unknown-recipient-accepted:accepted"],
  },
  {
    domain: "nodomain.test",
    says: "a domain that does not exist is named",
    exitCode: 1,
    verdict: /^Mail to nodomain\.test is lost.*(does not exist|NXDOMAIN)/,
    problems: ["domain/not-found:name-not-found"],
  },
];

/** What cannot be told: exit code 3, one cause, and no claim that anything is broken or missing. */
const open: readonly Expectation[] = (
  [
    [
      "servfail.test",
      "a bogus zone (SERVFAIL) is one cause",
      /SERVFAIL|DNSSEC|bogus/,
      { visits: 0 },
    ],
    ["lame.test", "a zone whose server is silent is one cause", /SERVFAIL|did not answer/, {}],
    ["limited.test", "a 421 greeting is one cause", /421|later/, {}],
    ["exim-full.test", "an Exim with too many connections is one cause", /421|later/, {}],
    ["refused554.test", "a 554 greeting is one cause", /554|refuse/, {}],
    ["timeout.test", "a silent exchanger is one cause", /tim(ed )?out|port 25/, {}],
    ["blocked25.test", "silence on two networks is one cause", /port 25/, {}],
    ["only6.test", "an exchanger without route is one cause", /IPv6|route/, {}],
  ] as const
).map(([domain, says, cause, more]) => ({
  domain,
  says,
  exitCode: 3,
  verdict: untold(domain, cause),
  problems: [],
  rootCauses: 1,
  ...more,
}));

const halfOpen: readonly Expectation[] = [
  {
    domain: "exim-greylist.test",
    says: "greylisting is one cause and no defect",
    exitCode: 3,
    verdict: /^The mail servers of exim-greylist\.test answer; not everything .*greylists/,
    problems: [],
    rootCauses: 1,
  },
  {
    domain: "no6.test",
    says: "missing IPv6 beside working IPv4 is one cause",
    exitCode: 3,
    verdict: /^Mail to no6\.test arrives; not everything could be told: .*(IPv6|route)/,
    problems: [],
    rootCauses: 1,
  },
];

export const expectations: readonly Expectation[] = [
  ...healthy,
  ...certificates,
  ...elsewhere,
  ...sick,
  ...open,
  ...halfOpen,
];
