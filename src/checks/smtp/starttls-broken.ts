import { unknown } from "../../core/fact.ts";
import type { FailureCode } from "../../core/failure.ts";
import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** Failures after STARTTLS that show TLS itself broken, and not merely slow or interrupted. */
const broken: ReadonlySet<FailureCode> = new Set([
  "tls-handshake",
  "tls-alert",
  "wrong-protocol",
  "bad-reply",
  "closed-early",
  "connect-reset",
]);

/** STARTTLS accepted, and then no TLS. */
export const smtpStarttlsBroken = defineCheck({
  id: "smtp/starttls-broken",
  title: "STARTTLS leads to TLS",
  over: "smtp-hello",
  judgesFailures: true,
  facts: ["starttls"],
  specs: [{ ref: "RFC 3207 4", level: "must" }],
  tags: ["smtp", "tls"],
  messages: {
    broken: {
      severity: "error",
      text: "{server} answers STARTTLS with 220, but no TLS connection comes about: {why}.",
      fix: "Look into the server's log; check that certificate and key belong together and that TLS 1.2 or later is allowed.",
      clause: "{who} {who:promises|promise} encryption that does not work",
    },
    unanswered: {
      severity: "error",
      text: "{server} offers STARTTLS, and then gives it no reply: {why}.",
      fix: "Look into the server's log, and at the filter in front of it; a firewall that knows no STARTTLS cuts the session here.",
      clause: "{who} {who:offers|offer} encryption and then {who:breaks|break} off",
    },
  },
  explain: {
    what: "Whether the TLS handshake succeeds after the server said to begin it.",
    why: "Senders cannot deliver encrypted, and those that do not retry in clear text cannot deliver at all.",
    fix: "Repair certificate, key and protocol versions.",
    blind:
      "A server that only knows algorithms which this machine's TLS library refuses looks the same.",
    falseAlarm:
      "A handshake that ran out of time or was interrupted is inconclusive; certificates are not judged here, trusted or not.",
  },
  run: ({ facts, subject }) => {
    const { starttls } = facts;
    if (starttls.state === "not-offered" || starttls.state === "refused") return notApplicable();
    if (starttls.state === "done") return pass();
    const { failure } = starttls;
    // smtp/starttls-injection speaks of this one.
    if (failure.code === "early-plaintext") return notApplicable();
    if (!broken.has(failure.code)) return cannotTell(unknown(failure));
    // Failures of the handshake belong to the stage "tls"; these came before the 220.
    const message = failure.stage === "starttls" ? "unanswered" : "broken";
    return problem(message, { server: serverOf(subject), why: failure.message });
  },
});
