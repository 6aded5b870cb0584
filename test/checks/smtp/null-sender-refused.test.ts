import { known, unknown } from "../../../src/core/fact.ts";
import { smtpNullSenderRefused } from "../../../src/checks/smtp/null-sender-refused.ts";
import { testCheck } from "../../kit/check.ts";
import { envelope, evidenceOf, outOfTime, reply } from "../../kit/evidence.ts";

testCheck(smtpNullSenderRefused, import.meta.url, {
  pass: [
    ["accepted", evidenceOf(envelope())],
    [
      "accepted, and the recipient unknown",
      evidenceOf(envelope({ postmaster: known(reply(550, "5.1.1 <postmaster>: User unknown")) })),
    ],
    [
      "accepted, and a blocklist at the recipient",
      evidenceOf(envelope({ postmaster: known(reply(554, "5.7.1 Client host blocked using bl")) })),
    ],
  ],
  problems: {
    refused: [
      [
        "in words",
        evidenceOf(
          envelope({
            nullSender: known(reply(550, "5.7.1 Null sender not accepted")),
            relay: outOfTime,
          }),
        ),
      ],
      [
        "at the recipient, as Postfix does",
        evidenceOf(
          envelope({
            postmaster: known(reply(554, "5.7.1 <>: Sender address rejected: Access denied")),
          }),
        ),
      ],
      [
        "where another sender is taken",
        evidenceOf(envelope({ nullSender: known(reply(550, "5.7.1 Denied")) })),
      ],
    ],
  },
  inconclusive: [
    ["greylisting", evidenceOf(envelope({ nullSender: known(reply(450, "4.7.1 Greylisted")) }))],
    ["421", evidenceOf(envelope({ nullSender: known(reply(421, "4.7.0 Too many errors")) }))],
    [
      "TLS first",
      evidenceOf(
        envelope({ nullSender: known(reply(530, "5.7.0 Must issue a STARTTLS command first")) }),
      ),
    ],
    [
      "our address",
      evidenceOf(
        envelope({ nullSender: known(reply(550, "5.7.1 192.0.2.7 is listed at bl.example")) }),
      ),
    ],
    [
      "every sender is refused",
      evidenceOf(
        envelope({
          nullSender: known(reply(550, "5.7.1 Denied")),
          relay: known({
            sender: "a@example.net",
            recipient: "b@example.org",
            decidedAt: "mail",
            reply: reply(550, "5.7.1 Denied"),
          }),
        }),
      ),
    ],
    [
      "no other sender was tried",
      evidenceOf(envelope({ nullSender: known(reply(550, "5.7.1 Denied")), relay: outOfTime })),
    ],
    ["not asked in time", evidenceOf(envelope({ nullSender: outOfTime }))],
    ["no recipient was named in time", evidenceOf(envelope({ postmaster: outOfTime }))],
  ],
  notApplicable: [["switched off", evidenceOf(envelope({ nullSender: unknown("not-requested") }))]],
});
