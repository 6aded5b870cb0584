import { defineCheck, pass, problem } from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";

/** A server that refuses EHLO and takes HELO. */
export const smtpHeloOnly = defineCheck({
  id: "smtp/helo-only",
  title: "The server understands EHLO",
  over: "smtp-hello",
  facts: ["hello"],
  specs: [
    { ref: "RFC 5321 3.2", level: "must" },
    { ref: "RFC 5321 4.1.1.1", level: "must" },
  ],
  tags: ["smtp"],
  messages: {
    helo: {
      severity: "note",
      text: "{server} refused EHLO with {reply} and took HELO, so it has no extensions: no TLS, no SIZE, no DSN.",
      fix: "Update the server, or take the filter in front of it out of the SMTP path.",
      clause: "{who} {who:knows|know} no SMTP extensions",
    },
  },
  explain: {
    what: "Whether the server answers EHLO, or only the HELO of 1982.",
    why: "All extensions, STARTTLS first of all, are announced in the answer to EHLO.",
    fix: "Look for a firewall with SMTP inspection; servers of the last twenty years know EHLO.",
    blind: "Who refused EHLO, the server or something in front of it.",
    falseAlarm:
      "A server that refuses both commands, or closes the connection, is judged by smtp/hello-refused.",
  },
  run: ({ facts, subject }) => {
    const { verb, ehloReply } = facts.hello;
    if (verb === "EHLO" || ehloReply === undefined) return pass();
    return problem("helo", { server: serverOf(subject), reply: quoteReply(ehloReply) });
  },
});
