import type { CertificateKind } from "./certificates.ts";

/** What stands behind an address: a Postfix listener, or nothing that answers. */
export type Door =
  | {
      readonly kind: "postfix";
      /** "none": no TLS; "mismatched": a key that does not belong to the certificate. */
      readonly certificate: CertificateKind | "mismatched" | "none";
      /** Postfix parameters of this listener alone. */
      readonly parameters?: Readonly<Record<string, string>>;
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
  certificate: (Door & { kind: "postfix" })["certificate"] = "healthy",
  parameters: Readonly<Record<string, string>> = {},
): Door => ({ kind: "postfix", certificate, parameters });

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
];
