import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classifyRefusal, isAboutUs, type Refusal } from "../../src/knowledge/refusal.ts";
import { reply } from "../kit/evidence.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

/** Replies in the shapes of the servers named, with documentation names and addresses. */
const samples: Readonly<Record<Refusal, readonly (readonly [who: string, ...string[]])[]>> = {
  reputation: [
    [
      "Postfix",
      "554",
      "5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.example; https://check.example/query/ip/192.0.2.7",
    ],
    ["Postfix", "554", "5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied"],
    ["Postfix", "450", "4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]"],
    ["Postfix", "504", "5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"],
    ["postscreen", "521", "5.3.2 probe.example.net blocked by reputation filter"],
    ["Exim", "550", "Your IP 192.0.2.7 is listed in dnsbl.example"],
    ["Exim", "501", "Syntactically invalid HELO argument(s)"],
    ["Exim", "550", "Reverse DNS lookup failed for host 192.0.2.7"],
    ["Sendmail", "550", "5.7.1 Rejected: 192.0.2.7 listed at bl.example"],
    [
      "Microsoft",
      "550",
      "5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
    ],
    ["Microsoft", "550", "5.7.606 Access denied, banned sending IP [192.0.2.7]"],
    [
      "Google",
      "550",
      "5.7.1 [192.0.2.7] The IP you're using to send mail is not authorized to send email directly to our servers.",
    ],
    ["Google", "550", "5.7.25 [192.0.2.7] The sending IP does not have a PTR record."],
    ["T-Online-like", "554", "IP=192.0.2.7 - None/bad reputation. Ask your postmaster for help."],
    ["RFC 7372", "550", "5.7.26 multiple authentication checks failed"],
  ],
  greylisting: [
    [
      "Postgrey",
      "450",
      "4.2.0 <a@example.com>: Recipient address rejected: Greylisted, see https://greylist.example",
    ],
    ["Exim", "451", "Greylisted, please try again later"],
    ["milter-greylist", "451", "4.7.1 Greylisting in action, please come back in 00:05:00"],
    ["SQLgrey", "450", "4.7.1 Greylisted for 5 minutes"],
    ["OpenBSD spamd", "451", "Temporary failure, please try again later. You are being deferred"],
  ],
  "rate-limit": [
    ["Postfix", "421", "4.7.0 mx.example.com Error: too many connections from 192.0.2.7"],
    ["Postfix", "450", "4.7.1 Error: too much mail from 192.0.2.7; too many messages"],
    ["Exim", "421", "Too many concurrent SMTP connections; please try again later."],
    ["Sendmail", "452", "4.4.5 Insufficient disk space; try again later, rate limit"],
    ["Microsoft", "451", "4.7.500 Server busy. Please try again later from [192.0.2.7]."],
    [
      "Google",
      "450",
      "4.2.1 The user you are trying to contact is receiving mail at a rate limit that prevents delivery",
    ],
    [
      "Yahoo-like",
      "421",
      "4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume",
    ],
  ],
  "relay-denied": [
    ["Postfix", "554", "5.7.1 <a@example.org>: Relay access denied"],
    ["Postfix", "454", "4.7.1 <a@example.org>: Relay access denied"],
    ["Exim", "550", "relay not permitted"],
    ["Sendmail", "550", "5.7.1 <a@example.org>... Relaying denied"],
    [
      "Sendmail",
      "550",
      "5.7.1 <a@example.org>... Relaying denied. Proper authentication required.",
    ],
    ["Exchange", "550", "5.7.54 SMTP; Unable to relay recipient in non-accepted domain"],
    ["Exchange", "550", "5.7.1 Unable to relay"],
    ["Microsoft", "550", "5.7.64 TenantAttribution; Relay Access Denied [host.example]"],
    ["qmail", "553", "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
    ["Haraka", "550", "I cannot deliver mail for <a@example.org>: we do not relay"],
    ["courier", "513", "Relaying denied."],
  ],
  "no-such-user": [
    [
      "Postfix",
      "550",
      "5.1.1 <a@example.com>: Recipient address rejected: User unknown in local recipient table",
    ],
    [
      "Postfix",
      "550",
      "5.1.1 <a@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
    ],
    [
      "Postfix",
      "550",
      "5.1.1 <a@example.com>: Recipient address rejected: undeliverable address: host mx.example.com said: no",
    ],
    ["Exim", "550", "Unrouteable address"],
    ["Exim", "550", "No Such User Here"],
    ["Sendmail", "550", "5.1.1 <a@example.com>... User unknown"],
    [
      "Exchange",
      "550",
      "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    ],
    ["Microsoft", "550", "5.4.1 Recipient address rejected: Access denied. AS(201806281)"],
    [
      "Google",
      "550",
      "5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address",
    ],
    ["qmail", "550", "sorry, no mailbox here by that name (#5.1.1 - chkuser)"],
    ["OpenSMTPD", "550", "Invalid recipient: <a@example.com>"],
    ["OpenSMTPD", "524", "5.2.4 Mailing list expansion problem: <a@example.com>"],
    ["Dovecot LMTP", "550", "5.1.1 <a@example.com> User doesn't exist: a@example.com"],
    ["RFC 5321 4.2.2", "550", "Requested action not taken: mailbox unavailable"],
  ],
  "recipient-domain": [
    ["Postfix", "550", "5.1.2 <a@nowhere.test>: Recipient address rejected: Domain not found"],
    [
      "Postfix",
      "556",
      "5.1.10 <a@example.org>: Recipient address rejected: Domain example.org does not accept mail (nullMX)",
    ],
    ["Exim", "550", "all relevant MX records point to non-existent hosts"],
    ["Sendmail", "550", "5.1.2 <a@nowhere.test>... Host unknown (Name server: host not found)"],
  ],
  "tls-required": [
    ["Postfix", "530", "5.7.0 Must issue a STARTTLS command first"],
    ["Exim", "550", "TLS required"],
    ["Exchange", "451", "5.7.3 STARTTLS is required to send mail"],
    ["generic", "523", "5.7.10 Encryption Needed"],
  ],
  "auth-required": [
    ["Exim", "550", "authentication required"],
    ["OpenSMTPD", "530", "5.7.0 Must be authenticated first, authentication required"],
    ["Exchange", "530", "5.7.57 Client not authenticated to send mail."],
    ["generic", "530", "no"],
  ],
  "sender-domain": [
    ["Postfix", "450", "4.1.8 <a@nowhere.test>: Sender address rejected: Domain not found"],
    [
      "Sendmail",
      "553",
      "5.1.8 <a@nowhere.test>... Domain of sender address a@nowhere.test does not exist",
    ],
    ["Exim", "550", "Sender verify failed"],
    [
      "Postfix",
      "550",
      "5.7.27 <a@example.org>: Sender address rejected: Domain example.org does not accept mail (nullMX)",
    ],
    ["RFC 7505 4.2", "550", "5.7.27 no"],
  ],
  "null-sender": [
    ["generic", "550", "5.7.1 Null sender not accepted"],
    ["Postfix", "554", "5.7.1 <>: Sender address rejected: Access denied"],
    ["Sendmail", "553", "5.1.8 <>... Access denied"],
    ["generic", "550", "Bounces are not accepted here"],
  ],
  "second-recipient": [
    ["Exim", "550", "Legitimate bounces are never sent to more than one recipient."],
    ["qmail", "553", "sorry, bounce messages should have a single envelope recipient (#5.7.1)"],
    ["Postfix", "550", "5.5.3 <a@example.com>: Recipient address rejected: Multi-recipient bounce"],
    ["generic", "550", "Only one recipient is accepted for a null sender"],
  ],
  "mailbox-full": [
    ["Dovecot", "552", "5.2.2 <a@example.com> Quota exceeded (mailbox for user is full)"],
    ["Sendmail", "452", "4.2.2 mailbox full"],
    ["generic", "452", "4.3.1 Insufficient system storage"],
  ],
  policy: [
    ["generic", "550", "5.7.1 Message refused"],
    ["generic", "554", "5.7.0 Rejected"],
  ],
  other: [
    ["generic", "550", "no thanks"],
    ["generic", "451", "local error in processing"],
    ["generic", "500", "what?"],
  ],
};

describe("why a server refuses", () => {
  for (const [refusal, list] of Object.entries(samples))
    for (const [who, code, text] of list)
      test(`${refusal}: ${who} says "${code} ${text}"`, () => {
        expect(classifyRefusal(reply(Number(code), text ?? ""))).toBe(refusal);
      });
});

test("reads the reason from any line of the reply", () => {
  const long = reply(
    550,
    "5.7.1 Sorry.",
    "Your message was refused because 192.0.2.7 is listed at bl.example",
  );
  expect(classifyRefusal(long)).toBe("reputation");
});

test("takes 421 for a matter of rate, whatever it says", () => {
  expect(classifyRefusal(reply(421, "4.3.0 relaying denied"))).toBe("rate-limit");
});

test("knows which refusals are about us", () => {
  expect(["reputation", "greylisting", "rate-limit"].every((it) => isAboutUs(it as Refusal))).toBe(
    true,
  );
  expect(["relay-denied", "no-such-user", "other"].some((it) => isAboutUs(it as Refusal))).toBe(
    false,
  );
});

test("never throws and takes its time in check, whatever a server says", () => {
  fc.assert(
    fc.property(fc.integer({ min: 400, max: 599 }), fc.array(fc.string()), (code, lines) => {
      expect(typeof classifyRefusal({ code, lines })).toBe("string");
    }),
  );
  const hostile = `${"client relay not user ".repeat(5000)}${"a".repeat(60_000)}`;
  const before = performance.now();
  classifyRefusal(reply(550, hostile));
  expect(performance.now() - before).toBeLessThan(200);
});
