import { defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** TLS without any certificate, for those who ask for it. */
export const tlsAnonymousKeyExchange = defineCheck({
  id: "tls/anonymous-key-exchange",
  title: "TLS comes with a certificate",
  over: "tls-anonymous",
  facts: ["trial"],
  specs: [
    { ref: "RFC 7672 8.2", level: "advice" },
    { ref: "RFC 5246 F.1.1.1", level: "advice" },
  ],
  tags: ["tls", "deep"],
  messages: {
    accepted: {
      severity: "note",
      text: "{server} agrees on a key exchange without a certificate ({cipher}) when a client offers nothing else.",
      fix: "Nothing needs to be done on port 25; where an audit asks for it, switch anonymous suites off (Postfix: smtpd_tls_exclude_ciphers = aNULL).",
      clause: "{who} {who:agrees|agree} on TLS without a certificate when asked",
    },
  },
  explain: {
    what: "Whether a handshake succeeds that offers suites with an anonymous key exchange alone. Tried with --deep only, and not together with --test-injection.",
    why: "Such a connection is encrypted, but not with anyone in particular. Only a client that does not look at certificates asks for it, so it loses nothing.",
    fix: "Leave it, or exclude the anonymous suites.",
    blind:
      "TLS 1.3 has no such suites; what is tried ends with TLS 1.2. Ports on which TLS begins at once are not tried.",
    falseAlarm:
      "Postfix accepts this by default, and rightly: senders that encrypt without verifying are served either way. It is a note, whatever scanners call it.",
  },
  run: ({ facts, subject }) => {
    const { trial } = facts;
    return trial.accepted
      ? problem("accepted", { server: serverOf(subject), cipher: trial.cipher })
      : pass();
  },
});
