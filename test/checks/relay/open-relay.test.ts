import { known, unknown } from "../../../src/core/fact.ts";
import { relayOpenRelay } from "../../../src/checks/relay/open-relay.ts";
import { testCheck } from "../../kit/check.ts";
import { envelope, evidenceOf, hello, outOfTime, reply } from "../../kit/evidence.ts";

const answer = (code: number, text: string, decidedAt: "mail" | "rcpt" = "rcpt") =>
  known({
    sender: "a@example.net",
    recipient: "b@example.org",
    decidedAt,
    reply: reply(code, text),
  });
const taken = answer(250, "2.1.5 Ok");

testCheck(relayOpenRelay, import.meta.url, {
  pass: [
    ["relay access denied", evidenceOf(envelope())],
    ["denied for now", evidenceOf(envelope({ relay: answer(454, "4.7.1 Relay access denied") }))],
    [
      "a login is wanted",
      evidenceOf(envelope({ relay: answer(530, "5.7.0 Authentication required") })),
    ],
    [
      "TLS is wanted",
      evidenceOf(envelope({ relay: answer(530, "5.7.0 Must issue a STARTTLS command first") })),
    ],
    ["a policy", evidenceOf(envelope({ relay: answer(550, "5.7.1 Denied") }))],
    [
      "unknown user, as for local ones",
      evidenceOf(envelope({ relay: answer(550, "5.1.1 User unknown") })),
    ],
    [
      "unknown user, in other words than for local ones, as OpenSMTPD does",
      evidenceOf(
        envelope({
          relay: answer(550, "Invalid recipient: <maildoctor@example.org>"),
          unknownRecipient: known({
            recipient: "x@example.com",
            reply: reply(524, "5.2.4 Mailing list expansion problem: <x@example.com>"),
          }),
        }),
      ),
    ],
    ["denied from inside its network", evidenceOf(hello({ ownNetwork: true }), envelope())],
  ],
  problems: {
    accepts: [
      ["250", evidenceOf(hello(), envelope({ relay: taken }))],
      ["251", evidenceOf(envelope({ relay: answer(251, "User not local; will forward") }))],
      [
        "no control was possible",
        evidenceOf(envelope({ relay: taken, unknownRecipient: unknown("not-applicable") })),
      ],
    ],
    "accepts-everything": [
      [
        "and an invented recipient too",
        evidenceOf(
          envelope({
            relay: taken,
            unknownRecipient: known({ recipient: "x@example.com", reply: reply(250, "Ok") }),
          }),
        ),
      ],
    ],
  },
  unaffected: [
    [
      "another server of the network trusts us",
      evidenceOf(hello({ ownNetwork: true }, { ip: "192.0.2.99" }), envelope()),
    ],
  ],
  inconclusive: [
    [
      "the sender was refused",
      evidenceOf(envelope({ relay: answer(550, "5.7.1 Sender rejected", "mail") })),
    ],
    [
      "we are inside its network",
      evidenceOf(hello({ ownNetwork: true }), envelope({ relay: taken })),
    ],
    [
      "our address is listed",
      evidenceOf(envelope({ relay: answer(554, "5.7.1 Client host blocked using bl.example") })),
    ],
    [
      "a yes that promises nothing",
      evidenceOf(envelope({ relay: answer(252, "2.5.2 Cannot VRFY, but will attempt delivery") })),
    ],
    [
      "a yes with the enhanced code of a no",
      evidenceOf(envelope({ relay: answer(250, "5.7.1 Relaying denied") })),
    ],
    ["greylisting", evidenceOf(envelope({ relay: answer(450, "4.7.1 Greylisted") }))],
    ["421", evidenceOf(envelope({ relay: answer(421, "4.7.0 Too many errors") }))],
    [
      "the domain was not found",
      evidenceOf(
        envelope({ relay: answer(550, "5.1.2 Recipient address rejected: Domain not found") }),
      ),
    ],
    [
      "a null MX at the recipient",
      evidenceOf(envelope({ relay: answer(556, "5.1.10 does not accept mail (nullMX)") })),
    ],
    [
      "unknown at the recipient's own server, which was asked first",
      evidenceOf(
        envelope({
          relay: answer(550, "Recipient address rejected: undeliverable address: host said: no"),
        }),
      ),
    ],
    [
      "unknown user, unlike local ones",
      evidenceOf(
        envelope({
          relay: answer(550, "5.1.1 Recipient address rejected: undeliverable address"),
          unknownRecipient: known({ recipient: "x@example.com", reply: reply(250, "Ok") }),
        }),
      ),
    ],
    [
      "accepted, without the control",
      evidenceOf(envelope({ relay: taken, unknownRecipient: outOfTime })),
    ],
    ["not asked in time", evidenceOf(envelope({ relay: outOfTime }))],
  ],
  notApplicable: [["switched off", evidenceOf(envelope({ relay: unknown("not-requested") }))]],
});
