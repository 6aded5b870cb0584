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
  "recipient-domain": "the server could not look up the recipient's domain",
};

/** The cause of an answer that could not be had because the server refused for another reason. */
export function refusedBecause(reply: Reply, stage: Stage = "envelope"): Unknown {
  const refusal = classifyRefusal(reply);
  const later = refusal === "rate-limit" || refusal === "greylisting";
  const message = sentences[refusal] ?? "the server refused";
  const permanent = reply.code >= 500;
  return unknown(failure(stage, later ? "rate-limited" : "refused", message, { reply, permanent }));
}

export function isAccepted({ code }: Reply): boolean {
  return code >= 200 && code < 300;
}

export function isPermanent({ code }: Reply): boolean {
  return code >= 500;
}
