import { known, unknown } from "../../../src/core/fact.ts";
import { failure } from "../../../src/core/failure.ts";
import { smtpAuthBeforeTls } from "../../../src/checks/smtp/auth-before-tls.ts";
import { testCheck } from "../../kit/check.ts";
import { announced, evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

const inClear = (auth: string, port: number) =>
  evidenceOf(hello({ extensions: announced("STARTTLS", auth) }, { port }));
const login = announced("AUTH PLAIN LOGIN");
const notOffered = known({ state: "not-offered" } as const);

testCheck(smtpAuthBeforeTls, import.meta.url, {
  pass: [
    ["no AUTH", evidenceOf(hello())],
    ["AUTH only after STARTTLS", evidenceOf(hello({ extensionsAfterTls: login }, { port: 587 }))],
    ["mechanisms that show no secret", inClear("AUTH SCRAM-SHA-256 CRAM-MD5 GSSAPI", 587)],
  ],
  problems: {
    submission: [
      ["PLAIN on 587", inClear("AUTH PLAIN LOGIN", 587)],
      ["in small letters", inClear("AUTH login", 587)],
      ["a token", inClear("AUTH XOAUTH2", 587)],
      [
        "without STARTTLS",
        evidenceOf(
          hello(
            { extensions: login, starttls: notOffered, tls: unknown("not-applicable") },
            { port: 587 },
          ),
        ),
      ],
      [
        "STARTTLS breaks afterwards",
        evidenceOf(
          hello(
            {
              extensions: login,
              starttls: known({ state: "broken", failure: failure("tls", "tls-handshake") }),
              tls: unknown(failure("tls", "tls-handshake")),
            },
            { port: 587 },
          ),
        ),
      ],
      [
        "a session that was to stay in clear",
        evidenceOf(
          hello(
            {
              extensions: login,
              starttls: unknown("not-requested"),
              tls: unknown("not-requested"),
            },
            { port: 587 },
          ),
        ),
      ],
    ],
    relay: [["PLAIN on 25", inClear("AUTH PLAIN LOGIN", 25)]],
  },
  inconclusive: [
    ["no list in time", evidenceOf(hello({ extensions: outOfTime }))],
    [
      "whether the list came before TLS is not known",
      evidenceOf(hello({ extensions: login, starttls: outOfTime, tls: outOfTime })),
    ],
  ],
  notApplicable: [
    [
      "implicit TLS",
      evidenceOf(
        hello(
          {
            extensions: login,
            starttls: unknown("not-applicable"),
            tls: known(tls({ mode: "implicit" })),
          },
          { port: 465 },
        ),
      ),
    ],
  ],
});
