import { known, unknown } from "../../../src/core/fact.ts";
import type { SmtpEnvelopeData } from "../../../src/probes/kinds.ts";
import { smtpEnhancedCodesMissing } from "../../../src/checks/smtp/enhanced-codes-missing.ts";
import { testCheck } from "../../kit/check.ts";
import { announced, envelope, evidenceOf, hello, outOfTime, reply } from "../../kit/evidence.ts";

const promising = hello({ extensionsAfterTls: announced("ENHANCEDSTATUSCODES") });
const bare: Partial<SmtpEnvelopeData> = {
  nullSender: known(reply(250, "OK")),
  postmaster: known(reply(250, "Accepted")),
  unknownRecipient: known({ recipient: "x@example.com", reply: reply(550, "No such person") }),
  relay: known({
    sender: "a@example.net",
    recipient: "b@example.org",
    decidedAt: "rcpt",
    reply: reply(550, "relay not permitted"),
  }),
};

testCheck(smtpEnhancedCodesMissing, import.meta.url, {
  pass: [
    ["every reply has one", evidenceOf(promising, envelope())],
    [
      "a rule written by hand has none",
      evidenceOf(promising, envelope({ postmaster: known(reply(250, "welcome")) })),
    ],
  ],
  problems: {
    missing: [
      ["in no reply", evidenceOf(promising, envelope(bare))],
      [
        "in none of those asked for",
        evidenceOf(promising, envelope({ ...bare, relay: unknown("not-requested") })),
      ],
    ],
    contradicts: [
      [
        "5.1.0 in a reply of 250",
        evidenceOf(promising, envelope({ nullSender: known(reply(250, "5.1.0 Ok")) })),
      ],
      [
        "the others have none, or are not known",
        evidenceOf(
          promising,
          envelope({ ...bare, relay: outOfTime, postmaster: known(reply(450, "5.7.1 later")) }),
        ),
      ],
    ],
  },
  inconclusive: [
    ["one reply did not come", evidenceOf(promising, envelope({ ...bare, relay: outOfTime }))],
    ["no second list", evidenceOf(hello({ extensionsAfterTls: outOfTime }), envelope())],
  ],
  notApplicable: [
    ["not announced", evidenceOf(hello(), envelope(bare))],
    [
      "nothing was asked",
      evidenceOf(
        promising,
        envelope({
          nullSender: unknown("not-requested"),
          postmaster: unknown("not-requested"),
          unknownRecipient: unknown("not-requested"),
          relay: unknown("not-requested"),
        }),
      ),
    ],
  ],
});
