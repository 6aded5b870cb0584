import { known } from "../../../src/core/fact.ts";
import { smtpExpnReveals } from "../../../src/checks/smtp/expn-reveals.ts";
import { testCheck } from "../../kit/check.ts";
import { commands, evidenceOf, outOfTime, reply } from "../../kit/evidence.ts";

const expanded = known(reply(250, "2.1.5 Joe <joe@example.com>", "2.1.5 <ann@example.com>"));

testCheck(smtpExpnReveals, import.meta.url, {
  pass: [
    ["not implemented", evidenceOf(commands())],
    [
      "not recognized, as Postfix says",
      evidenceOf(commands({ expnPostmaster: known(reply(500, "5.5.2 Command not recognized")) })),
    ],
    ["no promise", evidenceOf(commands({ expnPostmaster: known(reply(252, "2.0.0 Perhaps")) }))],
    [
      "a server that says yes to everything",
      evidenceOf(
        commands({
          expnPostmaster: known(reply(250, "2.0.0 Ok")),
          unknownVerb: known(reply(250, "2.0.0 Ok")),
        }),
      ),
    ],
  ],
  problems: {
    reveals: [["two people behind it", evidenceOf(commands({ expnPostmaster: expanded }))]],
  },
  unaffected: [
    [
      "VRFY tells",
      evidenceOf(commands({ vrfyPostmaster: known(reply(250, "2.1.5 <joe@example.com>")) })),
    ],
  ],
  inconclusive: [
    ["not asked in time", evidenceOf(commands({ expnPostmaster: outOfTime }))],
    ["put off", evidenceOf(commands({ expnPostmaster: known(reply(450, "4.3.0 Later")) }))],
    [
      "without the control",
      evidenceOf(commands({ expnPostmaster: expanded, unknownVerb: outOfTime })),
    ],
  ],
});
