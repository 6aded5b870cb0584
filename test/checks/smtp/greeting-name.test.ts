import { known } from "../../../src/core/fact.ts";
import { smtpGreetingName } from "../../../src/checks/smtp/greeting-name.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, hello, outOfTime, reply } from "../../kit/evidence.ts";

testCheck(smtpGreetingName, import.meta.url, {
  pass: [
    ["a full host name", evidenceOf(hello())],
    [
      "another name than the MX",
      evidenceOf(hello({ greetingName: known("gateway7.example.net") })),
    ],
    ["an address literal", evidenceOf(hello({ greetingName: known("[192.0.2.1]") }))],
  ],
  problems: {
    "not-fqdn": [
      ["localhost", evidenceOf(hello({ greetingName: known("localhost") }))],
      ["an internal name", evidenceOf(hello({ greetingName: known("exch01.corp.local") }))],
      ["a bare address", evidenceOf(hello({ greetingName: known("192.0.2.1") }))],
    ],
    empty: [["a bare 220", evidenceOf(hello({ greetingName: known("") }))]],
  },
  unaffected: [
    [
      "a masked greeting",
      evidenceOf(hello({ greetingName: known("****"), masked: ["greeting of asterisks"] })),
    ],
  ],
  inconclusive: [
    ["no greeting in time", evidenceOf(hello({ greetingName: outOfTime, greeting: outOfTime }))],
  ],
  notApplicable: [["a refusal", evidenceOf(hello({ greeting: known(reply(554, "no")) }))]],
});
