import { known, unknown, type Fact } from "../core/fact.ts";
import type { Failure } from "../core/failure.ts";
import type { TlsFacts } from "../core/tls-facts.ts";
import { refusal, type SmtpSession } from "../proto/smtp/session.ts";
import type { Offer } from "../wire/tls.ts";
import type { ExamContext } from "./context.ts";
import type { TlsTrial } from "./kinds.ts";

/** STARTTLS, and a handshake that offers only this; the session is in clear and offers STARTTLS. */
export async function tryStarttls(
  session: SmtpSession,
  host: string,
  offer: Offer,
  ctx: ExamContext,
): Promise<Fact<TlsTrial>> {
  const answer = await session.starttls({ host, trust: ctx.trust, offer });
  switch (answer.state) {
    case "done":
      return accepted(answer.facts);
    case "broken":
      return trialFailed(answer.failure);
    case "refused":
      return unknown({ ...refusal(answer.reply, "starttls"), code: "starttls-refused" });
  }
}

/** The same for a port on which TLS begins at once. */
export async function tryImplicitTls(
  session: SmtpSession,
  host: string,
  offer: Offer,
  ctx: ExamContext,
): Promise<Fact<TlsTrial>> {
  const result = await session.implicitTls({ host, trust: ctx.trust, offer });
  return "facts" in result ? accepted(result.facts) : trialFailed(result.failure);
}

function accepted({ version, cipher }: TlsFacts): Fact<TlsTrial> {
  return known({ accepted: true, version, cipher });
}

/**
 * An alert, or hanging up in the middle of the handshake, is the server's refusal of what was
 * offered. Errors of our own TLS library, silence and interruptions say nothing of the server.
 */
function trialFailed(failure: Failure): Fact<TlsTrial> {
  const { code, message, stage } = failure;
  const refused = code === "tls-alert" || code === "closed-early" || code === "connect-reset";
  return stage === "tls" && refused ? known({ accepted: false, how: message }) : unknown(failure);
}
