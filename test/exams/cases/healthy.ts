import { zone, type Case } from "./case.ts";
import { plain, postfix, withoutEnhancedCodes } from "./servers.ts";

const deep = { deep: true } as const;
/** Silence is what some servers answer to what they do not know. */
const impatient = { commandMs: 600, tlsMs: 1_000 } as const;
const one = { "192.0.2.1": postfix() } as const;
const noCodes = (dialogue: string): string =>
  withoutEnhancedCodes(dialogue.replaceAll("S: 250-ENHANCEDSTATUSCODES\n", ""));

/** Healthy variants in the demo, by domain. */
export const healthyInDemo: Readonly<Record<string, string>> = {
  "everything in order": "healthy.example",
  "null MX": "null-mx.example",
  "implicit MX": "implicit-mx.example",
  "IPv4 alone": "ipv4-only.example",
  greylisting: "greylisting.example",
  "greeting delayed, in two parts": "slow-greeting.example",
  "wildcard certificate": "wildcard.example",
  "hosted, under the provider's names": "hosted.example",
  "DMARC of the parent domain": "physics.university.example",
  "internationalised name": "xn--mnchen-3ya.example",
  "TXT records that need TCP": "many-records.example",
  "split and multi-line replies, mixed case, codes without text": "odd-replies.example",
  "every recipient accepted": "catch-all.example",
  "two names of one machine": "one-server.example",
  "small SIZE": "tiny-size.example",
  "STARTTLS offered inside TLS": "starttls-twice.example",
};

/** Domains of the demo to which mail arrives, and the one thing that is to be said of each. */
export const deservedInDemo: Readonly<Record<string, readonly [domain: string, alarm: string]>> = {
  "a server that knows HELO alone": ["no-ehlo.example", "smtp/starttls-missing:missing"],
  "a certificate that it signed itself": [
    "self-signed.example",
    "tls/certificate-untrusted:self-signed",
  ],
};

/** Healthy variants that the demo does not show; some deserve a note. */
export const healthy: readonly Case[] = [
  {
    what: "over IPv6 alone",
    zone: zone({ hosts: { "2001:db8::1": "mx" } }),
    servers: { "2001:db8::1": postfix() },
    finds: [],
  },
  {
    what: "with a null MX and an SPF record of -all",
    zone: zone({ mx: "@ MX 0 .", spf: "v=spf1 -all" }),
    servers: {},
    finds: [],
  },
  {
    what: "with three exchangers in three networks",
    zone: zone({
      mx: "@ MX 10 mx\n@ MX 10 mx1\n@ MX 20 mx2",
      hosts: { "192.0.2.1": "mx", "198.51.100.1": "mx1", "2001:db8::1": "mx2" },
    }),
    servers: {
      ...one,
      "198.51.100.1": postfix({ host: "mx1.example.com" }),
      "2001:db8::1": postfix({ host: "mx2.example.com", cert: "wildcard" }),
    },
    finds: [],
  },
  {
    what: "with exchangers of one preference, four of them in two networks",
    zone: zone({
      mx: ["a", "b", "c", "d"].map((name) => `@ MX 10 ${name}`).join("\n"),
      hosts: { "192.0.2.1": "a", "192.0.2.2": "b", "198.51.100.1": "c", "198.51.100.2": "d" },
    }),
    servers: Object.fromEntries(
      ["192.0.2.1", "192.0.2.2", "198.51.100.1", "198.51.100.2"].map((ip, at) => [
        ip,
        postfix({ host: `${"abcd"[at]}.example.com`, cert: "wildcard" }),
      ]),
    ),
    finds: [],
  },
  {
    what: "that is an alias of one with mail",
    domain: "alias.example.com",
    zone: zone({ more: "alias CNAME @" }),
    servers: one,
    finds: [],
  },
  {
    what: "whose server greets in three lines",
    zone: zone(),
    servers: {
      "192.0.2.1": postfix({
        greeting: [
          "S: 220-mx.example.com ESMTP",
          "S: 220-No advertisements, please:",
          "S: 220 you are being watched",
        ],
      }),
    },
    finds: [],
  },
  {
    what: "whose server greets after a while",
    zone: zone(),
    servers: {
      "192.0.2.1": postfix({ greeting: ["* wait 400ms", "S: 220 mx.example.com ESMTP"] }),
    },
    finds: [],
  },
  {
    what: "whose server greets with another name of the same pool",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ greeting: ["S: 220 node7.example.com ESMTP"] }) },
    finds: [],
  },
  {
    what: "whose server greets with its address",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ greeting: ["S: 220 [192.0.2.1] ESMTP"] }) },
    finds: [],
  },
  {
    what: "whose server sends its replies octet by octet",
    zone: zone(),
    servers: { "192.0.2.1": postfix().replace("S: 220", "* trickle 1 byte / 0ms\nS: 220") },
    finds: [],
  },
  {
    what: "whose server puts off the postmaster alone (450)",
    zone: zone(),
    servers: {
      "192.0.2.1": postfix({ replies: { postmaster: "450 4.3.2 Try again later" } }),
    },
    finds: [],
    leavesOpen: ["smtp/postmaster-refused"],
  },
  {
    what: "whose server greylists the postmaster and everybody",
    zone: zone(),
    servers: {
      "192.0.2.1": postfix({
        replies: {
          postmaster: "450 4.2.0 <{recipient}>: Recipient address rejected: Greylisted",
          others: "450 4.2.0 <{recipient}>: Recipient address rejected: Greylisted",
        },
      }),
    },
    finds: [],
    leavesOpen: [
      "smtp/domain-not-served",
      "smtp/postmaster-refused",
      "smtp/unknown-recipient-accepted",
    ],
  },
  {
    what: "whose server takes unknown recipients with 252",
    zone: zone(),
    servers: {
      "192.0.2.1": postfix({
        replies: { others: "252 2.1.5 <{recipient}> Cannot verify, will attempt delivery" },
      }),
    },
    finds: ["smtp/unknown-recipient-accepted:accepted note"],
  },
  {
    what: "whose postmaster is forwarded elsewhere (251)",
    zone: zone(),
    servers: {
      "192.0.2.1": postfix({ replies: { postmaster: "251 2.1.5 User not local; will forward" } }),
    },
    finds: [],
  },
  {
    what: "whose server offers extensions of its own making",
    zone: zone(),
    servers: {
      "192.0.2.1": postfix({ offers: ["X-ANONYMOUSTLS", "XRDST", "X-EXAMPLE 1 2 3", "XMINE"] }),
    },
    finds: [],
  },
  {
    what: "whose server speaks TLS 1.2 at most",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ tlsMax: "1.2" }) },
    finds: [],
  },
  {
    what: "whose certificate comes with its intermediate",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ cert: "intermediate" }) },
    finds: [],
  },
  {
    what: "whose server promises no status codes and sends none",
    zone: zone(),
    servers: { "192.0.2.1": noCodes(postfix()) },
    finds: [],
  },
  {
    what: "whose server runs Exim",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ software: "exim" }) },
    options: deep,
    finds: [],
  },
  {
    what: "whose server runs Sendmail",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ software: "sendmail" }) },
    options: deep,
    finds: [],
  },
  {
    what: "whose server runs Exchange",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ software: "exchange" }) },
    options: deep,
    finds: [],
  },
  {
    what: "whose server throws away what was slipped in before TLS",
    zone: zone(),
    servers: { "192.0.2.1": plain({ leftover: "discard" }) },
    options: { deep: true, testInjection: true },
    limits: impatient,
    finds: [],
  },
  {
    what: "whose server refuses what was slipped in before TLS",
    zone: zone(),
    servers: { "192.0.2.1": plain({ leftover: "refuse" }) },
    options: { deep: true, testInjection: true },
    limits: impatient,
    finds: [],
  },
];
