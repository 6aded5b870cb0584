import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** A certificate whose time has not come. */
export const tlsCertificateNotYetValid = defineCheck({
  id: "tls/certificate-not-yet-valid",
  title: "The certificate is valid already",
  over: "smtp-hello",
  facts: ["tls"],
  specs: [{ ref: "RFC 5280 4.1.2.5", level: "must" }],
  tags: ["tls", "certificate"],
  messages: {
    "not-yet": {
      severity: "warning",
      text: "The certificate of {server} is valid only from {notBefore}, and it is {now}.",
      fix: "Set the clock of the machine that issued it, or go back to the former certificate until then.",
      clause:
        "{who} {who:presents a certificate that is|present certificates that are} not valid yet",
    },
  },
  explain: {
    what: "Whether the certificate's validity has begun at the time of the examination.",
    why: "Senders that verify certificates treat it like an expired one.",
    fix: "Look at the clocks first, of the server, of the issuer and of this machine.",
    blind: "Which of the clocks is wrong.",
    falseAlarm: "If the clock of this machine is behind, a fresh certificate looks like this.",
  },
  run: ({ facts, subject, now }) => {
    const [leaf] = facts.tls.chain;
    if (leaf === undefined) return notApplicable();
    if (Date.parse(leaf.notBefore) <= now.getTime()) return pass();
    return problem("not-yet", {
      server: serverOf(subject),
      notBefore: leaf.notBefore.slice(0, 16).replace("T", " "),
      now: now.toISOString().slice(0, 16).replace("T", " "),
    });
  },
});
