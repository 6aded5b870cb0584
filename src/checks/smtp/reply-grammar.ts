import { defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** Deviations that make strict clients, and everything that counts lines, go astray. */
const ofLines: ReadonlySet<string> = new Set(["bare LF", "stray CR", "NUL"]);

/** What other checks speak of, or what servers do on purpose for old clients. */
const elsewhere = /^(?:old form AUTH=|greeting code|enhanced status code)/;

/** Replies that are not written as the grammar asks. */
export const smtpReplyGrammar = defineCheck({
  id: "smtp/reply-grammar",
  title: "Replies keep to the grammar",
  over: "smtp-hello",
  facts: ["greeting"],
  specs: [
    { ref: "RFC 5321 4.2", level: "must" },
    { ref: "RFC 5321 2.3.8", level: "must" },
    { ref: "RFC 5321 4.5.3.1.5", level: "must" },
  ],
  tags: ["smtp"],
  messages: {
    "line-ends": {
      severity: "warning",
      text: "The replies of {server} break the rules for lines ({oddities}), where each must end in CR LF and hold no NUL.",
      fix: "Find the program that writes the reply, often a script or filter with a greeting of its own, and let it end lines in CR LF.",
      clause: "{who} {who:ends|end} lines in a way that strict senders refuse",
    },
    untidy: {
      severity: "note",
      text: "The replies of {server} deviate from the grammar: {oddities}.",
      fix: "Correct the greeting or the extension that causes it, or update the server or the proxy in front of it.",
      clause: "{who} {who:deviates|deviate} from the grammar of SMTP",
    },
  },
  explain: {
    what: "How the lines of the greeting and of the replies to EHLO and STARTTLS are written: line ends, length, characters, keywords.",
    why: "Most senders put up with a lot; strict ones refuse bare line feeds since these were used to smuggle messages.",
    fix: "Repair what writes the reply.",
    blind: "Replies after the handshake.",
    falseAlarm:
      'The old form "AUTH=" is kept by many servers for the sake of old clients and is not reported; neither is any text that the grammar allows, however odd.',
  },
  run: ({ data, subject }) => {
    const oddities = data.oddities.filter((oddity) => !elsewhere.test(oddity));
    if (oddities.length === 0) return pass();
    const message = oddities.some((oddity) => ofLines.has(oddity)) ? "line-ends" : "untidy";
    return problem(message, { server: serverOf(subject), oddities });
  },
});
