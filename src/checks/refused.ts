import { unknown, type Unknown } from "../core/fact.ts";
import { failure, type Reply, type Stage } from "../core/failure.ts";
import { classifyRefusal, type Refusal } from "../knowledge/refusal.ts";

/** What the refusal says about us, as one clause. */
const sentences: Readonly<Partial<Record<Refusal, string>>> = {
  reputation: "the server refuses this client for its address or name",
  greylisting: "the server greylists this client",
  "rate-limit": "the server asked us to come back later",
  "tls-required": "the server wants TLS first",
  "auth-required": "the server wants a login first",
  "sender-domain": "the server refuses the sender used",
  "null-sender": "the server refuses the null sender",
  "second-recipient": "the server takes one recipient only from the null sender",
  "recipient-domain": "the server could not look up the recipient's domain",
};

/** One clause on why the server refused, where its reply tells. */
export function refusalSentence(reply: Reply): string | undefined {
  return sentences[classifyRefusal(reply)];
}

/** The cause of an answer that could not be had because the server refused for another reason. */
export function refusedBecause(reply: Reply, stage: Stage = "envelope"): Unknown {
  const message = refusalSentence(reply) ?? plainly(reply);
  const code = isTemporary(reply) ? "rate-limited" : "refused";
  return unknown(failure(stage, code, message, { reply, permanent: isPermanent(reply) }));
}

function plainly(reply: Reply): string {
  if (isAccepted(reply)) return "the server contradicts itself";
  return isTemporary(reply) ? "the server answers with a temporary error" : "the server refused";
}

/** True for 4yz, and for what says that it is meant so. */
function isTemporary(reply: Reply): boolean {
  const refusal = classifyRefusal(reply);
  const asked = refusal === "rate-limit" || refusal === "greylisting";
  return asked || (reply.code >= 400 && reply.code < 500);
}

export function isAccepted({ code }: Reply): boolean {
  return code >= 200 && code < 300;
}

/**
 * True for a positive reply to RCPT that takes itself back: 252, which promises nothing and is for
 * VRFY alone, or an enhanced status code of failure ("250 5.7.1 denied"). spec: RFC 5321 4.3.2, RFC 2034 4.
 */
export function isHalfAccepted(reply: Reply): boolean {
  if (!isAccepted(reply)) return false;
  return reply.code === 252 || /^[45]\.\d{1,3}\.\d{1,3}(?!\S)/.test(reply.lines[0] ?? "");
}

export function isPermanent({ code }: Reply): boolean {
  return code >= 500;
}
