import { known, unknown } from "../../../src/core/fact.ts";
import { failure } from "../../../src/core/failure.ts";
import type { TlsFacts } from "../../../src/core/tls-facts.ts";
import { mxBackupWeaker } from "../../../src/checks/mx/backup-weaker.ts";
import { testCheck } from "../../kit/check.ts";
import {
  deadHello,
  envelope,
  evidenceOf,
  exchanges,
  hello,
  mxSet,
  outOfTime,
  reply,
  servfail,
  skippedHello,
  tls,
} from "../../kit/evidence.ts";

const mx1 = {};
const mx2 = { host: "mx2.example.com", ip: "198.51.100.25" };
const random = (code: number, text: string) => ({
  unknownRecipient: known({ recipient: "x@example.com", reply: reply(code, text) }),
});
const takesAll = random(250, "2.1.5 Ok");
const greylists = random(450, "4.7.1 Greylisted");
const shaking = (over: Partial<TlsFacts>, at: object) => hello({ tls: known(tls(over)) }, at);
const clear = {
  starttls: known({ state: "not-offered" } as const),
  tls: unknown("not-applicable"),
  extensionsAfterTls: unknown("not-applicable"),
};
const refused = failure("connect", "connect-refused");
const both = [hello(), hello({}, mx2)];
const equals = exchanges("mx1.example.com", "mx2.example.com").map((record) => ({
  ...record,
  preference: 10,
}));

testCheck(mxBackupWeaker, import.meta.url, {
  pass: [
    ["both alike", evidenceOf(mxSet(), ...both, envelope(), envelope({}, mx2))],
    [
      "both accept every recipient",
      evidenceOf(mxSet(), ...both, envelope(takesAll), envelope(takesAll, mx2)),
    ],
    [
      "the backup is the stricter one",
      evidenceOf(mxSet(), shaking({ trusted: false }, mx1), hello({}, mx2)),
    ],
    ["the backup has TLS 1.2", evidenceOf(mxSet(), hello(), shaking({ version: "TLSv1.2" }, mx2))],
    [
      "the backup has no STARTTLS, which is an error of its own",
      evidenceOf(mxSet(), hello(), hello(clear, mx2)),
    ],
    [
      "IPv6 of the first was switched off",
      evidenceOf(mxSet(), ...both, skippedHello("not-requested", { ip: "2001:db8::1" })),
    ],
  ],
  problems: {
    weaker: [
      [
        "accepts recipients that the first refuses",
        evidenceOf(mxSet(), ...both, envelope(), envelope(takesAll, mx2)),
      ],
      [
        "an untrusted certificate for another name",
        evidenceOf(mxSet(), hello(), shaking({ trusted: false, nameMatch: "none" }, mx2)),
      ],
      ["TLS 1.0", evidenceOf(mxSet(), hello(), shaking({ version: "TLSv1" }, mx2))],
      [
        "without STARTTLS and accepting everybody",
        evidenceOf(mxSet(), hello(), hello(clear, mx2), envelope(), envelope(takesAll, mx2)),
      ],
      [
        "weaker in one thing, unknown in the other",
        evidenceOf(
          mxSet(),
          hello(),
          hello({ tls: outOfTime }, mx2),
          envelope(),
          envelope(takesAll, mx2),
        ),
      ],
    ],
  },
  unaffected: [
    [
      "the weak one is as preferred as the other",
      evidenceOf(mxSet({ records: known(equals) }), hello(), shaking({ trusted: false }, mx2)),
    ],
  ],
  inconclusive: [
    ["the backup greylists", evidenceOf(mxSet(), ...both, envelope(), envelope(greylists, mx2))],
    ["the backup is dead", evidenceOf(mxSet(), hello(), deadHello(refused, mx2))],
    [
      "the first is dead",
      evidenceOf(mxSet(), deadHello(refused), shaking({ trusted: false }, mx2)),
    ],
    [
      "the session with the backup was not begun",
      evidenceOf(mxSet(), hello(), skippedHello("deadline", mx2)),
    ],
    ["SERVFAIL", evidenceOf(mxSet({ records: servfail }))],
  ],
  notApplicable: [
    ["one exchanger", evidenceOf(mxSet({ records: known(exchanges("mx1.example.com")) }), hello())],
    ["only the DNS was looked at", evidenceOf(mxSet())],
  ],
});
