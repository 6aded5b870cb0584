import { known, unknown } from "../../../src/core/fact.ts";
import type { Reply } from "../../../src/core/failure.ts";
import { smtpVrfyReveals } from "../../../src/checks/smtp/vrfy-reveals.ts";
import { testCheck } from "../../kit/check.ts";
import { commands, evidenceOf, observed, outOfTime, reply } from "../../kit/evidence.ts";

const vrfy = (yes: Reply, no: Reply) =>
  evidenceOf(
    commands({
      vrfyPostmaster: known(yes),
      vrfyUnknown: known({ name: "maildoctor-qwertyui", reply: no }),
    }),
  );
const unknownUser = reply(550, "5.1.1 <maildoctor-qwertyui>: User unknown");

testCheck(smtpVrfyReveals, import.meta.url, {
  pass: [
    ["252 to both", evidenceOf(commands())],
    ["250 to both", vrfy(reply(250, "2.1.5 Ok"), reply(250, "2.1.5 Ok"))],
    ["VRFY is switched off", vrfy(reply(502, "5.5.1 Disabled"), reply(502, "5.5.1 Disabled"))],
    ["no VRFY after the first", vrfy(reply(252, "Perhaps"), reply(502, "5.5.1 Not implemented"))],
    [
      "only the postmaster is ever told of",
      vrfy(reply(250, "2.1.5 <postmaster@example.com>"), reply(550, "5.7.1 Relaying denied")),
    ],
    ["both are denied", vrfy(unknownUser, unknownUser)],
  ],
  problems: {
    enumerable: [
      ["250 and 550", vrfy(reply(250, "2.1.5 <postmaster@mx1.example.com>"), unknownUser)],
      ["252 and 550", vrfy(reply(252, "2.0.0 postmaster"), unknownUser)],
      ["251 and 553", vrfy(reply(251, "Will forward"), reply(553, "No such mailbox"))],
    ],
  },
  inconclusive: [
    ["not asked in time", evidenceOf(commands({ vrfyPostmaster: outOfTime }))],
    ["put off", vrfy(reply(450, "4.7.1 Greylisted"), reply(450, "4.7.1 Greylisted"))],
    ["put off at the second", vrfy(reply(250, "Ok"), reply(451, "4.3.0 Later"))],
    [
      "no answer to the second",
      evidenceOf(commands({ vrfyPostmaster: known(reply(250, "Ok")), vrfyUnknown: outOfTime })),
    ],
  ],
  notApplicable: [
    ["not wanted", evidenceOf(commands({ vrfyPostmaster: unknown("not-requested") }))],
    [
      "not visited",
      evidenceOf(observed("smtp-commands", {}, null, { skipReason: "not-requested" })),
    ],
  ],
});
