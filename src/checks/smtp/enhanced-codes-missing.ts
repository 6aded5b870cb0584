import type { Evidence } from "../../core/evidence.ts";
import { every, mapFact, some, type Fact } from "../../core/fact.ts";
import type { Reply } from "../../core/failure.ts";
import type { Subject } from "../../core/observation.ts";
import type { SmtpEnvelopeData } from "../../probes/kinds.ts";
import { announcedExtensions } from "../announced.ts";
import {
  cannotTell,
  defineCheck,
  notApplicable,
  observationsOf,
  pass,
  problem,
} from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";
import { isOff } from "../session-traits.ts";

/** ENHANCEDSTATUSCODES announced, and not kept. */
export const smtpEnhancedCodesMissing = defineCheck({
  id: "smtp/enhanced-codes-missing",
  title: "Enhanced status codes are as announced",
  over: "smtp-envelope",
  facts: [],
  reads: ["smtp-hello"],
  specs: [{ ref: "RFC 2034 4", level: "must" }],
  tags: ["smtp", "envelope"],
  messages: {
    missing: {
      severity: "note",
      text: "{server} announces ENHANCEDSTATUSCODES, but its replies carry none (for example {reply}).",
      fix: "Update the server, or look for a filter that rewrites its replies; if it has no such codes, let it not announce them.",
      clause: "{who} {who:announces|announce} status codes and {who:sends|send} none",
    },
    contradicts: {
      severity: "note",
      text: "{server} replies {reply}, where the enhanced status code must begin with {digit} as the reply code does.",
      fix: "Correct the reply in the server's rules or in the filter that makes it: 2, 4 and 5 must agree in both codes.",
      clause: "the replies of {who} contradict themselves",
    },
  },
  explain: {
    what: "Whether the replies to MAIL and RCPT begin with an enhanced status code of the class of the reply code, where the server announced such codes.",
    why: "Senders put the code into the report that the author of a message reads; without it, or with a wrong one, a full mailbox looks like a wrong address.",
    fix: "Give every reply its code; rules that people write by hand are the usual exception.",
    blind: "Replies that did not come up in this session.",
    falseAlarm:
      "The greeting and the answer to EHLO carry no such code by the standard, and a single reply without one among others that have it is left alone.",
  },
  run: ({ data, subject, evidence }) => {
    const hello = helloOf(evidence, subject);
    if (hello?.data == null) return notApplicable();
    const extensions = announcedExtensions(hello.data);
    if (!extensions.known) return cannotTell(extensions, hello);
    if (!extensions.value.some(({ keyword }) => keyword === "ENHANCEDSTATUSCODES"))
      return notApplicable();
    const replies = repliesOf(data).filter((fact) => !isOff(fact));
    if (replies.length === 0) return notApplicable();
    const seen = replies.flatMap((fact) => (fact.known ? [fact.value] : []));
    const cites = [hello.id];
    const server = serverOf(subject);

    const contradicting = some(replies, contradicts);
    const guilty = seen.find(contradicts);
    if (guilty !== undefined) {
      const digit = String(guilty.code).charAt(0);
      return problem("contradicts", { server, reply: quoteReply(guilty), digit }, { cites });
    }
    const missing = every(replies, (reply) => classOf(reply) === undefined);
    if (!contradicting.known) return cannotTell(contradicting);
    if (!missing.known || !missing.value) return missing.known ? pass() : cannotTell(missing);
    const [first] = seen;
    const reply = first === undefined ? "" : quoteReply(first);
    return problem("missing", { server, reply }, { cites });
  },
});

function repliesOf(data: SmtpEnvelopeData): readonly Fact<Reply>[] {
  const { nullSender, postmaster, relay, unknownRecipient } = data;
  const [unknownReply, relayReply] = [unknownRecipient, relay].map((fact: Fact<{ reply: Reply }>) =>
    mapFact(fact, ({ reply }) => reply),
  );
  return [nullSender, postmaster, unknownReply, relayReply].filter((fact) => fact !== undefined);
}

/** The first digit of the enhanced status code with which the reply begins. */
function classOf({ lines }: Reply): string | undefined {
  return /^([245])\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(lines[0] ?? "")?.[1];
}

function contradicts(reply: Reply): boolean {
  const digit = classOf(reply);
  return digit !== undefined && digit !== String(reply.code).charAt(0);
}

function helloOf(evidence: Evidence, { host, ip, port }: Subject) {
  return observationsOf(evidence, "smtp-hello").find(
    ({ subject }) => subject.host === host && subject.ip === ip && subject.port === port,
  );
}
