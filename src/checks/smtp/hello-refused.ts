import { classifyRefusal, isAboutUs } from "../../knowledge/refusal.ts";
import { cannotTell, defineCheck, pass, problem } from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";

/** "The command is not known here": 501, 504 and 55x speak of our name or address instead. */
const unknownCommand: ReadonlySet<number> = new Set([500, 502, 503]);

/** A server that refuses EHLO and HELO alike. */
export const smtpHelloRefused = defineCheck({
  id: "smtp/hello-refused",
  title: "The server accepts a hello",
  over: "smtp-hello",
  judgesFailures: true,
  facts: ["greeting"],
  specs: [
    { ref: "RFC 5321 3.2", level: "must" },
    { ref: "RFC 5321 4.1.1.1", level: "must" },
  ],
  tags: ["smtp"],
  messages: {
    refused: {
      severity: "error",
      text: "{server} refuses both EHLO and HELO ({reply}), so no session can begin.",
      fix: "Look into the server's log, and at the filter in front of it; every client must be able to say EHLO.",
      clause: "{who} {who:refuses|refuse} every hello",
    },
  },
  explain: {
    what: "Whether a session can begin: the server accepts EHLO or, failing that, HELO.",
    why: "Without a hello there is no mail.",
    fix: "Repair the server, or remove the filter that swallows the command.",
    blind: "Whether another client would be treated in the same way.",
    falseAlarm:
      "A refusal that names our address, our name or our reputation, or comes without saying that the command is unknown, is about us: inconclusive.",
  },
  run: ({ data, subject }) => {
    if (data.hello.known) return pass();
    const { failure } = data.hello.cause;
    const reply = failure?.stage === "hello" ? failure.reply : undefined;
    if (reply === undefined || !unknownCommand.has(reply.code)) return cannotTell(data.hello);
    if (isAboutUs(classifyRefusal(reply))) return cannotTell(data.hello);
    return problem("refused", { server: serverOf(subject), reply: quoteReply(reply) });
  },
});
