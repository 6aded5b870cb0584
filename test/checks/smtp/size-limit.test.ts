import { known, unknown } from "../../../src/core/fact.ts";
import { smtpSizeLimit } from "../../../src/checks/smtp/size-limit.ts";
import { testCheck } from "../../kit/check.ts";
import { announced, evidenceOf, hello, outOfTime, reply } from "../../kit/evidence.ts";

const inside = (...lines: readonly string[]) =>
  evidenceOf(hello({ extensionsAfterTls: announced(...lines) }));

testCheck(smtpSizeLimit, import.meta.url, {
  pass: [
    ["50 MiB", inside("SIZE 52428800")],
    ["Postfix's default", inside("SIZE 10240000")],
    ["no fixed limit", inside("SIZE 0")],
    ["no number", inside("SIZE")],
    ["no SIZE", inside("PIPELINING")],
    ["not a number", inside("SIZE many")],
    [
      "small in clear, large inside TLS",
      evidenceOf(
        hello({
          extensions: announced("STARTTLS", "SIZE 1000"),
          extensionsAfterTls: announced("SIZE 52428800"),
        }),
      ),
    ],
  ],
  problems: {
    small: [
      ["5 MB", inside("SIZE 5000000")],
      ["a few kilobytes", inside("SIZE 65536")],
      [
        "in clear, without TLS",
        evidenceOf(
          hello({
            extensions: announced("SIZE 2000000"),
            extensionsAfterTls: unknown("not-applicable"),
          }),
        ),
      ],
    ],
  },
  inconclusive: [
    [
      "the second list is not known",
      evidenceOf(hello({ extensions: announced("SIZE 2000000"), extensionsAfterTls: outOfTime })),
    ],
  ],
  notApplicable: [
    [
      "HELO only",
      evidenceOf(hello({ hello: known({ verb: "HELO", reply: reply(250, "mx1.example.com") }) })),
    ],
  ],
});
