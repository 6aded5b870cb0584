import { unknown } from "../../../src/core/fact.ts";
import { smtpInternalVerbs } from "../../../src/checks/smtp/internal-verbs.ts";
import { testCheck } from "../../kit/check.ts";
import { announced, evidenceOf, hello, outOfTime } from "../../kit/evidence.ts";

const inside = (...lines: readonly string[]) =>
  evidenceOf(hello({ extensionsAfterTls: announced(...lines) }));

testCheck(smtpInternalVerbs, import.meta.url, {
  pass: [
    ["an ordinary list", inside("SIZE 0", "8BITMIME")],
    ["today's Exchange", inside("X-ANONYMOUSTLS", "X-EXPS GSSAPI NTLM", "XRDST", "XSHADOW")],
    [
      "no TLS",
      evidenceOf(
        hello({ extensions: announced("SIZE"), extensionsAfterTls: unknown("not-applicable") }),
      ),
    ],
  ],
  problems: {
    xclient: [
      ["inside TLS", inside("XCLIENT NAME ADDR PROTO HELO")],
      ["beside XFORWARD", inside("XFORWARD NAME ADDR", "XCLIENT NAME ADDR")],
      [
        "in clear, and the second list is not known",
        evidenceOf(hello({ extensions: announced("XCLIENT NAME"), extensionsAfterTls: outOfTime })),
      ],
    ],
    xforward: [["without XCLIENT", inside("XFORWARD NAME ADDR PROTO HELO SOURCE")]],
    exchange: [["Exchange 2003", inside("X-LINK2STATE", "XEXCH50")]],
  },
  inconclusive: [
    [
      "from the server's own network",
      evidenceOf(hello({ ownNetwork: true, extensionsAfterTls: announced("XCLIENT NAME") })),
    ],
    [
      "XFORWARD in clear, and the second list is not known",
      evidenceOf(hello({ extensions: announced("XFORWARD"), extensionsAfterTls: outOfTime })),
    ],
  ],
});
