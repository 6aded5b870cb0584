import { defineCheck, pass, problem } from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";

const fix =
  "Update the server (Postfix has been free of it since 2.7.3, of March 2011), and any proxy that ends TLS for it: what came in clear after STARTTLS must be thrown away.";

/** Commands sent in clear are obeyed inside TLS. */
export const smtpStarttlsCommandInjection = defineCheck({
  id: "smtp/starttls-command-injection",
  title: "Nothing sent in clear is obeyed inside TLS",
  over: "command-injection",
  facts: ["outcome"],
  specs: [{ ref: "RFC 3207 4.2", level: "must" }],
  tags: ["smtp", "tls", "deep", "CVE-2011-0411"],
  messages: {
    obeyed: {
      severity: "error",
      text: "{server} obeys commands that were slipped in before TLS: a NOOP sent in clear was answered inside TLS with {reply}.",
      fix,
      clause: "{who} {who:obeys|obey} commands that an attacker slips in before TLS",
    },
    shifted: {
      severity: "error",
      text: "{server} carries commands over that were slipped in before TLS: inside TLS, the first command got the answer to a NOOP sent in clear, {reply}.",
      fix,
      clause: "{who} {who:obeys|obey} commands that an attacker slips in before TLS",
    },
  },
  explain: {
    what: "Whether a NOOP sent in clear, in one segment with STARTTLS, is answered inside TLS. Tried with --deep --test-injection only.",
    why: "An attacker on the way can put commands before those of a client, which the server takes for encrypted ones: mail and passwords can be redirected so (CVE-2011-0411 and many like it). It hurts clients that verify certificates; others have no protection against that attacker to lose.",
    fix: "Update the server, or the proxy that speaks TLS for it.",
    blind:
      "A server that holds the command back until later than the second command. A proxy at another address of the same name is another matter.",
    falseAlarm:
      "A server that refuses the two commands together, or hangs up, is safe. An answer in clear before the handshake, and silence, leave the question open.",
  },
  run: ({ facts, subject }) => {
    const { outcome } = facts;
    if (outcome.state === "ignored" || outcome.state === "closed") return pass();
    return problem(outcome.state === "answered" ? "obeyed" : "shifted", {
      server: serverOf(subject),
      reply: quoteReply(outcome.reply),
    });
  },
});
