import type { Reply } from "../core/failure.ts";

/** Why a server refused a command, as far as its reply tells. */
export type Refusal =
  /** Because of who asks: our address, its reverse name, our EHLO name, a blocklist. */
  | "reputation"
  /** Come back later, by design. */
  | "greylisting"
  /** Too many connections or commands, or too busy. */
  | "rate-limit"
  /** The server does not take mail for the recipient's domain. */
  | "relay-denied"
  | "no-such-user"
  /** The recipient's domain cannot be resolved, or takes no mail. */
  | "recipient-domain"
  | "tls-required"
  | "auth-required"
  /** The sender's domain. */
  | "sender-domain"
  | "null-sender"
  /** The null sender may name one recipient, and this was another. */
  | "second-recipient"
  | "mailbox-full"
  /** Refused for a rule that the reply does not name. */
  | "policy"
  | "other";

interface Rule {
  readonly refusal: Refusal;
  /** Reply codes to which the rule is limited; all where absent. */
  readonly codes?: readonly number[];
  /** Enhanced status codes without their class digit; one match is enough. spec: RFC 3463 3, RFC 7372 3. */
  readonly enhanced?: readonly string[];
  readonly words?: RegExp;
}

/**
 * In order of precedence: what speaks of us goes before what speaks of the recipient, because a
 * server that does not want us says nothing about anybody else. Words go before enhanced codes,
 * which servers choose carelessly (X.7.1 stands for half of all refusals).
 * source: reply texts in the sources and manuals of Postfix, Exim, Sendmail, qmail, OpenSMTPD and
 * Exchange; those of Microsoft 365 and Google from their published error lists, not verified.
 */
const byWords: readonly Rule[] = [
  {
    refusal: "rate-limit",
    words:
      /too many (?:connections|concurrent|errors|commands|messages|recipients|sessions|invalid|unauthenticated|bad)|too fast|rate.?limit|throttl|connection (?:rate|limit)|unusual rate|exceeded (?:the )?(?:connection|rate)|server (?:is )?(?:too )?busy|overload|try again later, closing|resources temporarily unavailable|excessive (?:load|connections)/,
  },
  {
    refusal: "greylisting",
    words:
      /gr[ea]y.?list|you are being deferred|postgrey|please retry (?:in|after) \d+|recipient is temporarily deferred|deferred for \d+ seconds|try again in \d+ (?:seconds|minutes)/,
  },
  {
    refusal: "tls-required",
    words:
      /must issue a? ?starttls|starttls (?:command )?(?:first|required|is required)|(?:encryption|tls) (?:is )?(?:required|needed)|requires? (?:tls|encryption)|session encryption is required/,
  },
  {
    refusal: "reputation",
    words:
      /spamhaus|spamcop|barracuda(?:central|networks)|sorbs|uceprotect|abusix|invaluement|senderbase|senderscore|mailspike|dnsbl|\brbl\b|dnswl|black.?list|block.?list|deny.?list|bann?ed|blocked (?:using|by|for|due)|is (?:currently )?(?:blocked|listed)|\blisted (?:in|at|by|on)\b|poor reputation|(?:bad|low|poor|sender|ip|domain) reputation|reputation of|(?:client|sender) host .{0,80}(?:rejected|blocked)|client host|your (?:ip|host|address|server|network|mail server|machine)|sending (?:ip|host|mta)|(?:connecting|remote|originating|source) (?:ip|host|address|server)|reverse (?:dns|hostname|name|lookup|mapping|host)|\brdns\b|\bptr\b|pointer record|dynamic (?:ip|address|range|pool)|residential|dial.?up|helo command rejected|(?:helo|ehlo)\b.{0,60}(?:invalid|reject|not|bad|must|fqdn|refus|mismatch|forg|syntactic|resolv)|(?:invalid|bad|rejected|forged) (?:helo|ehlo)|not authorized to send email directly|unsolicited mail|service unavailable.{0,40}blocked|part of their network is on our block/,
  },
  {
    refusal: "relay-denied",
    words:
      /relay(?:ing)?\b.{0,40}(?:den|not|prohib|refus|reject|disallow|forbid|unauth)|(?:not|cannot|can't|don't|do not|unable to|won't|refus\w*|deny|denied|no) (?:permitted |allowed |authori[sz]ed |permit |to |be )*(?:open )?relay|rcpthosts|not (?:a )?local (?:domain|recipient|host)|not hosted here|domain (?:is )?not (?:hosted|served|accepted|local|allowed|handled|configured)|not (?:accept|handl|serv|host)\w* (?:mail |e-?mail |messages )?(?:for|to) (?:this|that|the) domain|tenantattribution|not one of our domains|invalid recipient domain|no relay|user not local|we do not relay|not an? (?:accepted|local) domain/,
  },
  {
    refusal: "auth-required",
    words:
      /authentication (?:is )?(?:required|needed|credentials)|(?:must|need to) (?:be )?(?:first )?(?:authenticate|log ?in)|authenticat(?:e|ion) first|auth(?:entication)? required|smtp auth|not authenticated|unauthenticated|pop before smtp/,
  },
  {
    refusal: "mailbox-full",
    words:
      /(?:mail)?box.{0,24}(?:is )?full|over ?quota|quota exceeded|exceeded.{0,24}quota|out of storage|insufficient (?:system )?(?:storage|disk)|disk full/,
  },
  {
    refusal: "second-recipient",
    words:
      /multi-?recipient bounce|bounces?\b.{0,60}(?:one|single) (?:envelope )?recipient|(?:one|single) (?:envelope )?recipient.{0,40}(?:bounce|null|empty|<>)/,
  },
  {
    refusal: "null-sender",
    words:
      /(?:null|empty|blank) (?:sender|reverse|return|envelope)|(?:mail )?from:? ?<>|<>(?:: sender|\.\.\.)|bounces? (?:are |is )?(?:not|rejected|refused)/,
  },
  {
    refusal: "sender-domain",
    words:
      /sender (?:address )?(?:rejected|refused|denied|invalid|blocked)|sender (?:domain|verify|verification|callback)|domain of sender|return.?path|envelope sender|(?:invalid|bad|unknown) sender|\bspf\b|dmarc/,
  },
  {
    refusal: "recipient-domain",
    words:
      /(?:recipient|rcpt|destination).{0,80}(?:domain|host).{0,16}(?:not found|does not exist|not exist|unresolv|invalid|unknown)|recipient address rejected: (?:domain|malformed dns)|unrouteable (?:domain|mail domain)|all relevant mx records|(?:bad|unknown|invalid) destination (?:system|domain|host)|host unknown|name server: host not found|domain (?:of )?recipient.{0,40}(?:not|no)|(?:does not|doesn't) accept mail \(null ?mx\)|null ?mx/,
  },
  {
    refusal: "no-such-user",
    words:
      /(?:user|recipient|mailbox|address|account|alias|local part|name|inbox)\b.{0,60}(?:unknown|not found|not exist|doesn.?t exist|does not exist|not available|unavailable|no longer|not known|inactive|disabled|is invalid|rejected: (?:undeliverable|unverified)|not listed|has been disabled)|(?:no such|unknown|invalid|bad|nonexistent|non-existent|no) (?:\w+ )?(?:user|recipient|mailbox|address|account|alias|local part|person)|no mailbox|(?:doesn.?t|does not) have an? [\w.-]+ account|unrouteable address|not our customer|recipientnotfound|nosuchuser|not a valid (?:mailbox|user|recipient)|that address|mailing list expansion problem|access denied.*as\(\d+\)/,
  },
];

const byEnhanced: readonly Rule[] = [
  { refusal: "reputation", enhanced: ["7.25", "7.26", "7.606", "7.511", "7.23"] },
  { refusal: "relay-denied", enhanced: ["7.64"] },
  { refusal: "recipient-domain", enhanced: ["1.2", "1.10"] },
  { refusal: "tls-required", enhanced: ["7.10", "7.11"] },
  { refusal: "no-such-user", enhanced: ["1.1", "1.3", "1.6", "2.1", "4.1"] },
  { refusal: "sender-domain", enhanced: ["1.7", "1.8", "7.27"] },
  { refusal: "mailbox-full", enhanced: ["2.2", "3.1"] },
  { refusal: "rate-limit", enhanced: ["3.2", "4.5", "5.3", "7.28"] },
  { refusal: "policy", enhanced: ["7.0", "7.1", "7.2", "7.7", "7.9", "7.13"] },
];

const byCode: readonly Rule[] = [
  { refusal: "recipient-domain", codes: [556] },
  { refusal: "auth-required", codes: [530] },
  { refusal: "rate-limit", codes: [421] },
  { refusal: "mailbox-full", codes: [452, 552] },
];

/**
 * Returns why a reply of 4xx or 5xx refuses, judged by its words, then its enhanced status code,
 * then its reply code; "other" where nothing is recognised. A temporary refusal without a reason
 * counts as greylisting only when it says so.
 */
export function classifyRefusal({ code, enhanced, lines }: Reply): Refusal {
  // 421 closes the connection whatever it says. spec: RFC 5321 3.8.
  if (code === 421) return "rate-limit";
  // What stands in an address that the server repeats is not its reason.
  const text = lines.join(" ").slice(0, 2000).toLowerCase().replace(addresses, "someone@somewhere");
  const said = byWords.find((rule) => rule.words?.test(text) === true);
  if (said !== undefined) return said.refusal;
  const detail = (enhanced ?? /^[45]\.(?:\d{1,3})\.(?:\d{1,3})\b/.exec(text)?.[0])?.slice(2);
  const coded = byEnhanced.find((rule) => detail !== undefined && rule.enhanced?.includes(detail));
  return (coded ?? byCode.find((rule) => rule.codes?.includes(code)))?.refusal ?? "other";
}

const addresses = /[^\s<>()"',;:]{1,64}@[a-z0-9._-]{1,255}/g;

/** True for the refusals that concern us, or this hour, and say nothing about the question asked. */
export function isAboutUs(refusal: Refusal): boolean {
  return refusal === "reputation" || refusal === "greylisting" || refusal === "rate-limit";
}
