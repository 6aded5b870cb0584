import { smtpObsoleteVerbs } from "../../../src/checks/smtp/obsolete-verbs.ts";
import { testCheck } from "../../kit/check.ts";
import { announced, evidenceOf, hello, outOfTime } from "../../kit/evidence.ts";

const inside = (...lines: readonly string[]) =>
  evidenceOf(hello({ extensionsAfterTls: announced(...lines) }));

testCheck(smtpObsoleteVerbs, import.meta.url, {
  pass: [
    ["the defaults of Postfix", inside("VRFY", "ETRN", "DSN", "SMTPUTF8", "CHUNKING")],
    ["the defaults of Sendmail", inside("EXPN", "VERB", "ETRN", "DELIVERBY", "HELP")],
    ["ATRN, which asks for a login", inside("ATRN")],
  ],
  problems: {
    turn: [["TURN", inside("TURN", "SOML")]],
    obsolete: [["verbs of 1982", inside("SEND", "SOML", "SAML")]],
  },
  inconclusive: [["no list in time", evidenceOf(hello({ extensionsAfterTls: outOfTime }))]],
});
