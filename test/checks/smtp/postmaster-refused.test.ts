import { known } from "../../../src/core/fact.ts";
import { smtpPostmasterRefused } from "../../../src/checks/smtp/postmaster-refused.ts";
import { testCheck } from "../../kit/check.ts";
import { envelope, evidenceOf, outOfTime, reply } from "../../kit/evidence.ts";

const relaying = known(reply(554, "5.7.1 <postmaster@example.com>: Relay access denied"));

testCheck(smtpPostmasterRefused, import.meta.url, {
  pass: [["accepted", evidenceOf(envelope())]],
  problems: {
    "no-mailbox": [
      ["unknown", evidenceOf(envelope({ postmaster: known(reply(550, "5.1.1 User unknown")) }))],
    ],
    full: [
      ["over quota", evidenceOf(envelope({ postmaster: known(reply(552, "5.2.2 Mailbox full")) }))],
    ],
  },
  inconclusive: [
    [
      "greylisting",
      evidenceOf(envelope({ postmaster: known(reply(451, "4.7.1 Greylisted, try again")) })),
    ],
    ["421", evidenceOf(envelope({ postmaster: known(reply(421, "4.3.2 closing")) }))],
    [
      "TLS first",
      evidenceOf(
        envelope({ postmaster: known(reply(530, "5.7.0 Must issue a STARTTLS command first")) }),
      ),
    ],
    [
      "our missing PTR",
      evidenceOf(envelope({ postmaster: known(reply(550, "5.7.25 no PTR for your IP")) })),
    ],
    [
      "our authentication",
      evidenceOf(envelope({ postmaster: known(reply(550, "5.7.26 not authenticated by SPF")) })),
    ],
    [
      "a refusal without reason",
      evidenceOf(envelope({ postmaster: known(reply(554, "5.7.1 Rejected")) })),
    ],
    ["refused as relaying, others not", evidenceOf(envelope({ postmaster: relaying }))],
    ["not asked in time", evidenceOf(envelope({ postmaster: outOfTime }))],
  ],
  notApplicable: [
    [
      "the domain is not served at all",
      evidenceOf(
        envelope({
          postmaster: relaying,
          unknownRecipient: known({ recipient: "x@example.com", reply: relaying.value }),
        }),
      ),
    ],
  ],
});
