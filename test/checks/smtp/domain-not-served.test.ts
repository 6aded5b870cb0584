import { failure } from "../../../src/core/failure.ts";
import { known, unknown } from "../../../src/core/fact.ts";
import { smtpDomainNotServed } from "../../../src/checks/smtp/domain-not-served.ts";
import { testCheck } from "../../kit/check.ts";
import { envelope, evidenceOf, outOfTime, reply } from "../../kit/evidence.ts";

const mx2 = { host: "mx2.example.com", ip: "198.51.100.25" };
const denied = reply(554, "5.7.1 <postmaster@example.com>: Relay access denied");
const login = reply(530, "5.7.57 Client was not authenticated to send anonymous mail");
const refusedSender = unknown(failure("envelope", "refused"));
const locked = {
  nullSender: known(login),
  postmaster: refusedSender,
  unknownRecipient: refusedSender,
  relay: known({
    sender: "a@example.org",
    recipient: "b@example.net",
    decidedAt: "mail" as const,
    reply: login,
  }),
};
const foreign = {
  postmaster: known(denied),
  unknownRecipient: known({ recipient: "x@example.com", reply: denied }),
};

testCheck(smtpDomainNotServed, import.meta.url, {
  pass: [
    ["recipients accepted", evidenceOf(envelope(), envelope({}, mx2))],
    [
      "an unknown mailbox",
      evidenceOf(envelope({ postmaster: known(reply(550, "5.1.1 User unknown")) })),
    ],
  ],
  problems: {
    refused: [
      ["one of two servers", evidenceOf(envelope(foreign), envelope({}, mx2))],
      [
        "one of two, the other not known",
        evidenceOf(
          envelope(foreign),
          envelope({ postmaster: outOfTime, unknownRecipient: outOfTime }, mx2),
        ),
      ],
    ],
    login: [
      ["at MAIL, from anybody", evidenceOf(envelope(locked))],
      [
        "at RCPT, for anybody",
        evidenceOf(
          envelope({
            postmaster: known(login),
            unknownRecipient: known({ recipient: "x@example.com", reply: login }),
          }),
        ),
      ],
      ["at one of two servers", evidenceOf(envelope(locked), envelope({}, mx2))],
    ],
    all: [
      ["the only server", evidenceOf(envelope(foreign))],
      ["both servers", evidenceOf(envelope(foreign), envelope(foreign, mx2))],
    ],
  },
  inconclusive: [
    [
      "greylisting",
      evidenceOf(envelope({ ...foreign, postmaster: known(reply(450, "4.7.1 Greylisted")) })),
    ],
    [
      "refused as relaying for now",
      evidenceOf(
        envelope({ ...foreign, postmaster: known(reply(454, "4.7.1 Relay access denied")) }),
      ),
    ],
    [
      "a login is wanted of the null sender alone",
      evidenceOf(envelope({ ...locked, relay: envelope().data?.relay ?? outOfTime })),
    ],
    ["the session ended", evidenceOf(envelope({ ...foreign, unknownRecipient: outOfTime }))],
  ],
  notApplicable: [
    [
      "switched off",
      evidenceOf(
        envelope({
          postmaster: unknown("not-requested"),
          unknownRecipient: unknown("not-requested"),
        }),
      ),
    ],
  ],
});
