import { missingFor, unpackedServers, type UnpackedServer } from "./available.ts";
import type { CertificateKind } from "./certificates.ts";
import type { EximSettings } from "./exim.ts";

/** "none": no TLS; "mismatched": a key that does not belong to the certificate. */
export type DoorCertificate = CertificateKind | "mismatched" | "none";

/** What stands behind an address: a mail server, or nothing that answers. */
export type Door =
  | {
      readonly kind: "postfix";
      readonly certificate: DoorCertificate;
      /** Postfix parameters of this listener alone. */
      readonly parameters?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "exim";
      readonly certificate: DoorCertificate;
      readonly settings: EximSettings;
    }
  | {
      readonly kind: "opensmtpd";
      readonly certificate: DoorCertificate;
      /** `match` rules beside that of the domain, one a line. */
      readonly rules: string;
    }
  | {
      readonly kind: "sendmail";
      readonly certificate: DoorCertificate;
      /** m4 macros, one a line. */
      readonly features: string;
    }
  /** A port on which nothing listens. */
  | { readonly kind: "closed" }
  /** Packets are dropped, as by a firewall. */
  | { readonly kind: "silent" }
  /** The kernel has no route to it. */
  | { readonly kind: "unroutable" };

/** One address of a host, and what answers at its port 25. */
export interface Address {
  readonly ip: string;
  readonly door: Door;
}

export interface MailHost {
  readonly name: string;
  /** Further names in the host's certificates. */
  readonly otherNames?: readonly string[];
  readonly addresses: readonly Address[];
}

/** One domain of the tests' internet. */
export interface MailDomain {
  readonly name: string;
  readonly hosts: readonly MailHost[];
  /** Lines of the zone, relative to the domain, beside SOA, NS, DMARC and the hosts' addresses. */
  readonly records: readonly string[];
  /** signed: a chain of trust from `test.`; bogus: a DS that fits no key. */
  readonly dnssec: "signed" | "unsigned" | "bogus";
}

const postfix = (
  certificate: DoorCertificate = "healthy",
  parameters: Readonly<Record<string, string>> = {},
): Door => ({ kind: "postfix", certificate, parameters });

const exim = (settings: EximSettings = {}, certificate: DoorCertificate = "healthy"): Door => ({
  kind: "exim",
  certificate,
  settings,
});

const opensmtpd = (rules: string, certificate: DoorCertificate): Door => ({
  kind: "opensmtpd",
  certificate,
  rules,
});

const sendmail = (features = "", certificate: DoorCertificate = "healthy"): Door => ({
  kind: "sendmail",
  certificate,
  features,
});

let lastNumber = 0;
/** An address of its own for each door; IPv4 doors stand in 127.0.25.0/24 and following. */
function next(door: Door, family: 4 | 6, network = "127.0.25"): Address {
  lastNumber += 1;
  const ip = family === 4 ? `${network}.${lastNumber}` : `2001:db8:25::${lastNumber.toString(16)}`;
  return { ip, door };
}

const host = (name: string, ...addresses: Address[]): MailHost => ({ name, addresses });

function domain(
  name: string,
  hosts: readonly MailHost[],
  more: Partial<Pick<MailDomain, "records" | "dnssec">> = {},
): MailDomain {
  const exchangers = hosts.map(
    ({ name: exchanger }, index) => `@ MX ${10 * (index + 1)} ${exchanger}.`,
  );
  const records = more.records ?? [...exchangers, '@ TXT "v=spf1 mx -all"'];
  return { name, hosts, records, dnssec: more.dnssec ?? "unsigned" };
}

/** A domain with one exchanger on IPv4 and IPv6. */
function dual(name: string, door: Door): MailDomain {
  return domain(name, [host(`mx1.${name}`, next(door, 4), next(door, 6))]);
}

/** A domain with one exchanger on IPv4. */
function single(name: string, door: Door): MailDomain {
  return domain(name, [host(`mx1.${name}`, next(door, 4))]);
}

const twoByTwo = (name: string, dnssec: MailDomain["dnssec"]): MailDomain =>
  domain(
    name,
    ["mx1", "mx2"].map((label) => host(`${label}.${name}`, next(postfix(), 4), next(postfix(), 6))),
    { dnssec },
  );

const greetingRefusal = (restriction: string): Door =>
  postfix("healthy", {
    smtpd_delay_reject: "no",
    smtpd_client_restrictions: restriction,
  });

const greylisting =
  "defer message = 451 4.7.1 Greylisted, please try again in 300 seconds\n  domains = +local_domains";

const verifyFirst = "deny domains = +local_domains\n  !verify = recipient";

/** Every domain that exists; `nodomain.test` does not, and `lame.test` is delegated to nobody. */
export const plan: readonly MailDomain[] = [
  twoByTwo("healthy.test", "signed"),
  twoByTwo("healthy-unsigned.test", "unsigned"),
  twoByTwo("route.test", "signed"),
  domain("implicit.test", [host("implicit.test", next(postfix(), 4))], {
    records: ['@ TXT "v=spf1 a -all"'],
  }),
  single("slow.test", greetingRefusal("sleep 3")),

  single("expired.test", postfix("expired")),
  single("notyet.test", postfix("not-yet-valid")),
  single("wrongname.test", postfix("wrong-name")),
  single("selfsigned.test", postfix("self-signed")),
  single("incomplete.test", postfix("incomplete-chain")),
  single("weakkey.test", postfix("weak-key")),
  single("sha1.test", postfix("sha1")),
  single("tls10.test", postfix("healthy", { smtpd_tls_protocols: "TLSv1" })),

  single("nostarttls.test", postfix("none")),
  single("starttls-refused.test", postfix("mismatched")),
  single(
    "starttls-broken.test",
    postfix("healthy", { tls_medium_cipherlist: "PSK", smtpd_tls_protocols: "TLSv1.2" }),
  ),

  domain(
    "alias.test",
    [{ ...host("mx1.alias.test", next(postfix(), 4)), otherNames: ["mx.alias.test"] }],
    { records: ["@ MX 10 mx", "mx CNAME mx1", '@ TXT "v=spf1 mx -all"'] },
  ),
  domain("nullmx.test", [], { records: ["@ MX 0 .", '@ TXT "v=spf1 -all"'] }),
  domain("deadbackup.test", [
    host("mx1.deadbackup.test", next(postfix(), 4)),
    host("mx2.deadbackup.test", next({ kind: "closed" }, 4)),
  ]),
  domain("alldead.test", [
    host("mx1.alldead.test", next({ kind: "closed" }, 4)),
    host("mx2.alldead.test", next({ kind: "closed" }, 4)),
  ]),
  single("openrelay.test", postfix("healthy", { mynetworks: "127.0.0.0/8" })),
  single("catchall.test", postfix()),

  domain("servfail.test", [host("mx1.servfail.test", next(postfix(), 4))], { dnssec: "bogus" }),
  single(
    "limited.test",
    greetingRefusal("check_client_access static:{421 4.7.0 Too many connections}"),
  ),
  single("refused554.test", greetingRefusal("reject")),
  single("timeout.test", { kind: "silent" }),
  domain("blocked25.test", [
    host("mx1.blocked25.test", next({ kind: "silent" }, 4, "127.0.26")),
    host("mx2.blocked25.test", next({ kind: "silent" }, 4, "127.0.27")),
  ]),
  domain("no6.test", [host("mx1.no6.test", next(postfix(), 4), next({ kind: "unroutable" }, 6))]),
  domain("only6.test", [host("mx1.only6.test", next({ kind: "unroutable" }, 6))]),

  dual("exim.test", exim()),
  single("exim-delay.test", exim({ connect: "accept delay = 2s" })),
  single("exim-greylist.test", exim({ recipient: greylisting })),
  single("exim-relay.test", exim({ relayFrom: "*", recipient: verifyFirst })),
  single("exim-allopen.test", exim({ relayFrom: "*" })),
  single("exim-notls.test", exim({}, "none")),
  single("exim-full.test", exim({ main: "smtp_accept_max = 1", occupied: true })),

  dual("sendmail.test", sendmail()),
  single("sendmail-pause.test", sendmail("FEATURE(`greet_pause', `2000')dnl")),
  single("sendmail-relay.test", sendmail("FEATURE(`promiscuous_relay')dnl")),
  single("sendmail-notls.test", sendmail("", "none")),

  single("opensmtpd.test", opensmtpd("", "none")),
  single("opensmtpd-relay.test", opensmtpd('match from any for any action "relay"', "none")),
  // OpenSMTPD 6.8 with OpenSSL 3, as in Debian 12, loses its private key in every handshake.
  single("opensmtpd-openssl3.test", opensmtpd("", "healthy-rsa")),
];

/** True for a server whose program is unpacked, not installed. */
export function isUnpacked(kind: Door["kind"]): kind is UnpackedServer {
  return kind in unpackedServers;
}

/** The servers that the domain needs and that are not here, each with where it comes from. */
export function missingServers(name: string): string[] {
  const kinds = plan
    .filter((entry) => entry.name === name)
    .flatMap(({ hosts }) => hosts.flatMap(({ addresses }) => addresses))
    .map(({ door }) => door.kind)
    .filter(isUnpacked);
  return [...new Set(kinds)].map(missingFor).filter((missing) => missing !== undefined);
}
