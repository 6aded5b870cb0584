import { zone, type Case } from "./case.ts";
import { plain, postfix, refusesHello, underTls, withoutEnhancedCodes } from "./servers.ts";

const deep = { deep: true } as const;
/** Silence is what some servers answer to what they do not know. */
const impatient = { commandMs: 600, tlsMs: 1_000 } as const;

const one = { "192.0.2.1": postfix() } as const;

/** Eleven names of exchangers in two networks, under one wildcard certificate. */
const eleven = Object.fromEntries(
  Array.from({ length: 11 }, (_, at) => [
    at % 2 === 0 ? `192.0.2.${at + 1}` : `198.51.100.${at + 1}`,
    `m${at + 1}`,
  ]),
);

const serving = (hosts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(hosts).map(([ip, name]) => [
      ip,
      postfix({ host: `${name}.example.com`, cert: "wildcard" }),
    ]),
  );

const abreast = { "192.0.2.1": "m1", "192.0.2.2": "m2", "192.0.2.3": "m3" } as const;

/** What the demo does not show: one case for each check, in the order of the checks. */
export const sick: readonly Case[] = [
  {
    what: "that does not exist",
    domain: "nowhere.example.com",
    zone: zone(),
    servers: {},
    finds: ["domain/not-found:name-not-found error"],
  },
  {
    what: "with neither MX nor address",
    zone: zone({ mx: "", spf: "v=spf1 -all" }),
    servers: {},
    finds: ["mx/missing:no-mail-host error"],
  },
  {
    what: "with an underscore in an exchanger's name",
    zone: zone({
      mx: "@ MX 10 mx\n@ MX 20 mx_2",
      hosts: { "192.0.2.1": "mx", "198.51.100.2": "mx_2" },
    }),
    servers: { ...one, "198.51.100.2": postfix({ host: "mx2.example.com", cert: "wildcard" }) },
    finds: ["mx/invalid-host-name:invalid warning"],
  },
  {
    what: "with eleven exchangers",
    zone: zone({
      mx: Object.values(eleven)
        .map((name, at) => `@ MX ${10 + at} ${name}`)
        .join("\n"),
      hosts: eleven,
    }),
    servers: serving(eleven),
    finds: ["mx/too-many:many warning"],
  },
  {
    what: "with a null MX whose SPF record lets servers send",
    zone: zone({ mx: "@ MX 0 ." }),
    servers: {},
    finds: ["mx/null-mx:but-sends warning"],
  },
  {
    what: "with a null MX of preference 10",
    zone: zone({ mx: "@ MX 10 .", spf: "v=spf1 -all" }),
    servers: {},
    finds: ["mx/null-mx-with-others:preference note"],
  },
  {
    what: "that names its exchanger twice",
    zone: zone({ mx: "@ MX 10 mx\n@ MX 20 mx" }),
    servers: one,
    finds: ["mx/duplicate-host:twice note"],
  },
  {
    what: "with three exchangers in one network",
    zone: zone({ mx: "@ MX 10 m1\n@ MX 20 m2\n@ MX 30 m3", hosts: abreast }),
    servers: serving(abreast),
    finds: ["mx/redundancy:one-network note"],
  },
  {
    what: "whose server knows neither EHLO nor HELO",
    zone: zone(),
    servers: { "192.0.2.1": refusesHello },
    finds: ["smtp/hello-refused:refused error"],
  },
  {
    what: "whose certificate is signed with SHA-1",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ cert: "sha1" }) },
    finds: ["tls/certificate-weak-signature:weak warning"],
  },
  {
    what: "whose server agrees on keys with RSA alone",
    zone: zone(),
    servers: {
      "192.0.2.1": plain({ tls: { ciphers: "AES128-SHA:@SECLEVEL=0", maxVersion: "TLSv1.2" } }),
    },
    finds: ["tls/key-exchange:static warning"],
  },
  {
    what: "with an expired certificate at one of two addresses",
    zone: zone({ hosts: { "192.0.2.1": "mx", "192.0.2.2": "mx" } }),
    servers: { ...one, "192.0.2.2": postfix({ cert: "expired" }) },
    finds: ["tls/certificate-differs:differs note", "tls/certificate-expired:expired warning"],
  },
  {
    what: "whose server greets without a full name",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ greeting: ["S: 220 mailserver ESMTP"] }) },
    finds: ["smtp/greeting-name:not-fqdn note"],
  },
  {
    what: "whose server took twenty seconds to greet (recorded at once, its time raised)",
    zone: zone(),
    servers: one,
    afterwards: (observation) =>
      observation.kind === "smtp-hello"
        ? { ...observation, timings: { ...observation.timings, greetingMs: 20_000 } }
        : observation,
    finds: ["smtp/greeting-slow:slow note"],
  },
  {
    what: "whose server ends a line with LF alone",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ greeting: ['* raw "220 mx.example.com ESMTP\\n"'] }) },
    finds: ["smtp/reply-grammar:line-ends warning"],
  },
  {
    what: "whose server has no 8BITMIME inside TLS",
    zone: zone(),
    servers: {
      "192.0.2.1": underTls(postfix(), (lines) => lines.replace("S: 250-8BITMIME\n", "")),
    },
    finds: ["smtp/extensions-after-tls:fewer note"],
  },
  {
    what: "whose server announces status codes and sends none",
    zone: zone(),
    servers: { "192.0.2.1": withoutEnhancedCodes(postfix()) },
    finds: ["smtp/enhanced-codes-missing:missing note"],
  },
  {
    what: "whose server offers TURN",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ offers: ["TURN"] }) },
    finds: ["smtp/obsolete-verbs:turn note"],
  },
  {
    what: "whose server greets with a name of somebody else",
    zone: zone(),
    servers: { "192.0.2.1": postfix({ greeting: ["S: 220 rack7.hosting.test ESMTP"] }) },
    finds: ["address/ptr-greeting:stranger note"],
  },
  {
    what: "with a value of a DMARC tag that does not exist",
    zone: zone({ dmarc: "v=DMARC1; p=reject; adkim=strict" }),
    servers: one,
    finds: ["dmarc/syntax:syntax warning"],
  },
  {
    what: "with a DMARC policy that only watches",
    zone: zone({ dmarc: "v=DMARC1; p=none" }),
    servers: one,
    finds: ["dmarc/policy-none:none note"],
  },
  {
    what: "examined from a machine that switched TLS verification off",
    zone: zone(),
    servers: one,
    options: { weakened: ["NODE_TLS_REJECT_UNAUTHORIZED=0"] },
    finds: ["environment/weakened:weakened note"],
  },
  {
    what: "whose server obeys a command slipped in before TLS",
    zone: zone(),
    servers: { "192.0.2.1": plain({ leftover: "answer" }) },
    options: { deep: true, testInjection: true },
    limits: impatient,
    finds: ["smtp/starttls-command-injection:obeyed error"],
  },
  {
    what: "whose server still accepts TLS 1.0",
    zone: zone(),
    servers: { "192.0.2.1": postfix().replace("@tls-min 1.2", "@tls-min 1.0") },
    options: deep,
    limits: impatient,
    finds: ["tls/legacy-versions:accepted warning"],
  },
  {
    what: "whose server agrees on keys with anybody",
    zone: zone(),
    servers: { "192.0.2.1": plain({ tls: { ciphers: "ALL:aNULL@SECLEVEL=0" } }) },
    options: deep,
    limits: impatient,
    finds: ["tls/anonymous-key-exchange:accepted note"],
  },
  {
    what: "whose server expands addresses",
    zone: zone(),
    servers: {
      "192.0.2.1": postfix().replace(/(?<=EXPN \{user\}\nS: ).*/, "250 2.1.5 <joe@example.com>"),
    },
    options: deep,
    limits: impatient,
    finds: ["smtp/expn-reveals:reveals warning"],
  },
  {
    what: "whose server tells which names it knows",
    zone: zone(),
    servers: {
      "192.0.2.1": plain({
        replies: {
          VRFY: (line) =>
            line === "VRFY postmaster"
              ? "250 2.1.5 <postmaster@example.com>"
              : "550 5.1.1 User unknown",
        },
      }),
    },
    options: deep,
    limits: impatient,
    finds: ["smtp/vrfy-reveals:enumerable note"],
  },
];
