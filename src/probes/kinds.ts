import type { DnsAnswer } from "../core/dns.ts";
import type { Fact } from "../core/fact.ts";
import type { Failure, Reply } from "../core/failure.ts";
import type { Observation } from "../core/observation.ts";
import type { TlsFacts } from "../core/tls-facts.ts";

/** The contract between probes and checks: what each kind of observation holds. */
export interface KindMap {
  environment: EnvironmentData;
  delegation: DelegationData;
  "mx-set": MxSetData;
  addresses: AddressesData;
  "reverse-name": ReverseNameData;
  "spf-record": SpfRecordData;
  "dmarc-record": DmarcRecordData;
  "smtp-hello": SmtpHelloData;
  "smtp-envelope": SmtpEnvelopeData;
  "smtp-commands": SmtpCommandsData;
  "tls-anonymous": TlsAnonymousData;
  "command-injection": CommandInjectionData;
  "tls-legacy": TlsLegacyData;
  "port-control": PortControlData;
}
export type Kind = keyof KindMap;
export type ObservationOf<K extends Kind> = Observation<K, KindMap[K]>;

/** Ourselves. Subject: none. */
export interface EnvironmentData {
  readonly ehloName: string;
  readonly ehloSource: string;
  readonly resolvers: readonly string[];
  /** True when the AD bit counts: the resolvers are on loopback, or `--trust-ad`. */
  readonly dnssecTrusted: boolean;
  /** Whether this machine has a global IPv6 address, judged by a route to a global address. */
  readonly ipv6Route: boolean;
  readonly ipv4Route: boolean;
  /** Settings of this process that weaken it: "NODE_TLS_REJECT_UNAUTHORIZED=0". */
  readonly weakened: readonly string[];
}

/** The zone that holds the domain. Subject: {domain}. */
export interface DelegationData {
  /** Apex of the zone and its SOA. */
  readonly zone: Fact<string>;
  readonly nameServers: Fact<readonly string[]>;
  readonly serial: Fact<number>;
  readonly authentic: Fact<boolean>;
  readonly answers: readonly DnsAnswer[];
}

export interface Exchange {
  readonly preference: number;
  /** As published: lower case, no trailing dot; "." for the null MX. */
  readonly exchange: string;
  readonly ttlSeconds: number;
}

/** The MX set. Subject: {domain}. */
export interface MxSetData {
  /** False for NXDOMAIN. */
  readonly exists: Fact<boolean>;
  /** Ordered by preference, then name; empty where the domain has no MX. */
  readonly records: Fact<readonly Exchange[]>;
  /** No MX set, but an address at the domain itself. spec: RFC 5321 5.1. */
  readonly implicit: Fact<boolean>;
  /** Alias targets, where the domain itself is an alias. */
  readonly aliases: Fact<readonly string[]>;
  readonly authentic: Fact<boolean>;
  /** The hosts that were examined, in the order in which a sender tries them. */
  readonly hosts: readonly string[];
  /** Exchangers left out because there were too many. */
  readonly omitted: number;
  readonly answers: readonly DnsAnswer[];
}

export interface AddressRecord {
  readonly ip: string;
  readonly ttlSeconds: number;
  /** "public", or the name of the special-purpose block: "private use", "loopback". */
  readonly scope: string;
}

/** The addresses of one mail host. Subject: {host}. */
export interface AddressesData {
  readonly exists: Fact<boolean>;
  readonly ipv4: Fact<readonly AddressRecord[]>;
  readonly ipv6: Fact<readonly AddressRecord[]>;
  /** Alias targets from the host to the owner of the addresses; empty without alias. */
  readonly aliases: Fact<readonly string[]>;
  /** "name", or why the published exchange cannot be looked up: an IP literal, localhost, a bad name. */
  readonly form: "name" | "ip-literal" | "localhost" | "invalid-name";
  /** Addresses left out because there were too many. */
  readonly omitted: number;
  readonly answers: readonly DnsAnswer[];
}

/** Subject: {ip}. */
export interface ReverseNameData {
  /** PTR names; empty where there is none. */
  readonly names: Fact<readonly string[]>;
  /** Those of them that lead back to the address. */
  readonly confirmed: Fact<readonly string[]>;
  readonly answers: readonly DnsAnswer[];
}

/** TXT records at the domain. Subject: {domain}. */
export interface SpfRecordData {
  /** The texts (strings joined) that begin as an SPF record does; several are a fault. */
  readonly records: Fact<readonly string[]>;
  readonly answers: readonly DnsAnswer[];
}

/** The DMARC tree walk. Subject: {domain}. spec: RFC 9989 4.10. */
export interface DmarcRecordData {
  /** Valid-looking records at the name where the walk found the domain's policy, in full. */
  readonly records: Fact<readonly string[]>;
  /** The name of the record that applies, without "_dmarc."; "" where none does. */
  readonly foundAt: Fact<string>;
  /** Names asked, each with the number of DMARC records there. */
  readonly walk: readonly { readonly name: string; readonly records: readonly string[] }[];
  readonly answers: readonly DnsAnswer[];
}

/** An EHLO keyword and its parameters, upper case keyword, parameters as sent. */
export interface Extension {
  readonly keyword: string;
  readonly parameters: readonly string[];
}

/** How STARTTLS went. */
export type StarttlsOutcome =
  | { readonly state: "not-offered" }
  | { readonly state: "done" }
  /** The server answered STARTTLS with something but 220. */
  | { readonly state: "refused"; readonly reply: Reply }
  /** It answered 220, and then no TLS connection came about. */
  | { readonly state: "broken"; readonly failure: Failure };

/**
 * The handshake of one SMTP session on one address; nothing in it depends on the domain.
 * Subject: {host, ip, port}.
 */
export interface SmtpHelloData {
  /** True once TCP is connected; unknown when it failed, with the failure. */
  readonly connected: Fact<boolean>;
  /** What was heard instead of SMTP: "tls", "http", "ssh", "imap", "pop3", "ftp", "silence", "unknown". */
  readonly heard?: string;
  readonly greeting: Fact<Reply>;
  /** The first word of the greeting, "" where there is none. */
  readonly greetingName: Fact<string>;
  /** EHLO, or HELO where EHLO was refused; `ehloReply` is the refusal. */
  readonly hello: Fact<{
    readonly verb: "EHLO" | "HELO";
    readonly reply: Reply;
    readonly ehloReply?: Reply;
  }>;
  /** Empty after HELO. */
  readonly extensions: Fact<readonly Extension[]>;
  readonly starttls: Fact<StarttlsOutcome>;
  /** Known once TLS is up. Not applicable without STARTTLS. */
  readonly tls: Fact<TlsFacts>;
  readonly extensionsAfterTls: Fact<readonly Extension[]>;
  /** Signs of a filter on the way that rewrites the dialogue: "greeting of asterisks", "keyword XXXXXXXA". */
  readonly masked: readonly string[];
  /** Deviations from the grammar that did not stop the session: "bare LF", "line over 512 octets". */
  readonly oddities: readonly string[];
  /** Our own address in this connection, and whether it looks like one of the server's own network. */
  readonly localAddress?: string;
  readonly ownNetwork: boolean;
}

/**
 * What the server says about the domain's recipients, in the same session as the hello.
 * Subject: {domain, host, ip, port}.
 */
export interface SmtpEnvelopeData {
  /** Reply to MAIL FROM:<>. */
  readonly nullSender: Fact<Reply>;
  /** Reply to RCPT TO:<postmaster@domain> under the null reverse-path. */
  readonly postmaster: Fact<Reply>;
  /** Reply to RCPT TO of a random local part. */
  readonly unknownRecipient: Fact<{ readonly recipient: string; readonly reply: Reply }>;
  /** The plain relay control: a foreign sender and a foreign recipient. */
  readonly relay: Fact<{
    readonly sender: string;
    readonly recipient: string;
    /** "mail" when the sender was refused already, so that nothing is known of relaying. */
    readonly decidedAt: "mail" | "rcpt";
    readonly reply: Reply;
  }>;
}

/**
 * What the server says to commands that no delivery needs; only with `--deep`, in a session of its
 * own. Subject: {host, ip, port}.
 */
export interface SmtpCommandsData {
  /** Reply to VRFY postmaster, a mailbox that every server has. spec: RFC 5321 4.5.1. */
  readonly vrfyPostmaster: Fact<Reply>;
  /** Reply to VRFY of a random name. */
  readonly vrfyUnknown: Fact<{ readonly name: string; readonly reply: Reply }>;
  /** Reply to EXPN postmaster. */
  readonly expnPostmaster: Fact<Reply>;
  /** Reply to a verb that does not exist: the control for the others. */
  readonly unknownVerb: Fact<Reply>;
  readonly help: Fact<Reply>;
}

/** Whether a handshake came about when only some versions or suites were offered. */
export type TlsTrial =
  | { readonly accepted: true; readonly version: string; readonly cipher: string }
  /** The server ended it, by an alert or by hanging up. */
  | { readonly accepted: false; readonly how: string };

/** A handshake that offers suites with an anonymous key exchange alone. Subject: {host, ip, port}. */
export interface TlsAnonymousData {
  readonly trial: Fact<TlsTrial>;
}

/** A handshake that offers TLS 1.0 and 1.1 alone. Subject: {host, ip, port}. */
export interface TlsLegacyData {
  readonly trial: Fact<TlsTrial>;
}

/** What became of a NOOP that was sent in clear in one segment with STARTTLS. */
export type InjectionOutcome =
  /** Its answer came under TLS before anything was asked there. */
  | { readonly state: "answered"; readonly reply: Reply }
  /** Its answer came under TLS in the place of the next command's. */
  | { readonly state: "shifted"; readonly reply: Reply }
  /** The server refused, or hung up. */
  | { readonly state: "closed"; readonly why: string }
  /** TLS came about, and the server knows of no such command. */
  | { readonly state: "ignored" };

/** Only with `--test-injection`. Subject: {host, ip, port}. */
export interface CommandInjectionData {
  readonly outcome: Fact<InjectionOutcome>;
}

/** Does anything answer on another port, or on a host known to be good? Subject: {ip or host, port}. */
export interface PortControlData {
  readonly reason: "same-address" | "control";
  /** True when TCP connected or was refused (so packets travel), false when it timed out. */
  readonly reachable: Fact<boolean>;
}
