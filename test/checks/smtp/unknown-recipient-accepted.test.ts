import { known } from "../../../src/core/fact.ts";
import { smtpUnknownRecipientAccepted } from "../../../src/checks/smtp/unknown-recipient-accepted.ts";
import { testCheck } from "../../kit/check.ts";
import { envelope, evidenceOf, outOfTime, reply } from "../../kit/evidence.ts";

const random = (code: number, text: string) => ({
  unknownRecipient: known({ recipient: "x@example.com", reply: reply(code, text) }),
});

testCheck(smtpUnknownRecipientAccepted, import.meta.url, {
  pass: [
    ["refused as unknown", evidenceOf(envelope())],
    ["refused without a reason", evidenceOf(envelope(random(550, "5.7.1 Rejected")))],
  ],
  problems: {
    accepted: [
      ["250", evidenceOf(envelope(random(250, "2.1.5 Ok")))],
      ["252", evidenceOf(envelope(random(252, "2.1.5 Cannot verify")))],
    ],
  },
  inconclusive: [
    ["greylisting", evidenceOf(envelope(random(450, "4.7.1 Greylisted")))],
    ["a temporary error", evidenceOf(envelope(random(451, "4.3.0 local error")))],
    ["our address", evidenceOf(envelope(random(550, "5.7.1 your IP is listed at bl.example")))],
    ["not asked in time", evidenceOf(envelope({ unknownRecipient: outOfTime }))],
  ],
});
