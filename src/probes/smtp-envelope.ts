import { randomInt } from "node:crypto";
import { known, unknown, type Fact, type Unknown } from "../core/fact.ts";
import type { Failure, Reply } from "../core/failure.ts";
import { isPositive, refusal, type Answer, type SmtpSession } from "../proto/smtp/session.ts";
import { classifyRefusal } from "../knowledge/refusal.ts";
import type { ExamContext } from "./context.ts";
import type { SmtpEnvelopeData } from "./kinds.ts";

/** What the server said about a domain's recipients, and what cut it short. */
export interface EnvelopeAnswers {
  readonly data: SmtpEnvelopeData;
  readonly failure?: Failure;
}

/**
 * Step 6 of the dialogue in smtp-session.ts, on an open session: what the server says about
 * recipients of the domain, and about one that is none of its business. No message is ever sent.
 * After a failure the facts that were not reached are unknown because of it.
 *
 * @param relay what the relay control already found in this session: it is not asked again
 */
export async function askEnvelope(
  session: SmtpSession,
  domain: string,
  ctx: ExamContext,
  relay?: SmtpEnvelopeData["relay"],
): Promise<EnvelopeAnswers> {
  ctx.progress({ text: `recipients of ${domain} at ${session.connection.endpoint.host}` });
  const nullSender = await session.mailFrom("");
  const skipped = recipientsUnasked(nullSender);
  const postmaster = skipped ?? factOf(await session.rcptTo(`postmaster@${domain}`));
  const recipient = `maildoctor-${randomLetters(8)}@${domain}`;
  const stranger = skipped ?? factOf(await session.rcptTo(recipient));
  await session.rset();

  return {
    data: {
      nullSender: factOf(nullSender),
      postmaster,
      unknownRecipient: stranger.known ? known({ recipient, reply: stranger.value }) : stranger,
      relay: relay ?? (await askRelay(session, domain, ctx)),
    },
    ...(session.over === undefined ? {} : { failure: session.over }),
  };
}

/** The plain relay control: a sender and a recipient who are both none of the server's business. */
async function askRelay(
  session: SmtpSession,
  domain: string,
  ctx: ExamContext,
): Promise<SmtpEnvelopeData["relay"]> {
  let { sender } = ctx.identity;
  const foreign = `maildoctor-probe@${isWithin(domain, "example.net") ? "example.org" : "example.net"}`;
  let mail = await session.mailFrom(sender);
  if (!mail.failure && !isPositive(mail.reply) && classifyRefusal(mail.reply) === "sender-domain") {
    // Our name cannot take mail, so the server will not hear it out; the domain itself surely can.
    sender = `maildoctor-probe@${domain}`;
    mail = await session.mailFrom(sender);
  }
  const decided = !mail.failure && !isPositive(mail.reply);
  const answer = decided ? mail : await session.rcptTo(foreign);
  await session.rset();
  if (answer.failure) return unknown(answer.failure);
  const decidedAt = decided ? "mail" : "rcpt";
  return known({ sender, recipient: foreign, decidedAt, reply: answer.reply });
}

/** The data of an envelope that was not reached because of the failure. */
export function envelopeUnknown(failure: Failure): SmtpEnvelopeData {
  const cause = unknown(failure);
  return { nullSender: cause, postmaster: cause, unknownRecipient: cause, relay: cause };
}

/** Without a reverse-path no recipient can be named. */
function recipientsUnasked(mail: Answer): Unknown | undefined {
  if (mail.failure) return unknown(mail.failure);
  return isPositive(mail.reply) ? undefined : unknown(refusal(mail.reply, "envelope"));
}

function factOf(answer: Answer): Fact<Reply> {
  return answer.failure ? unknown(answer.failure) : known(answer.reply);
}

function isWithin(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}

function randomLetters(length: number): string {
  return Array.from({ length }, () => String.fromCharCode(97 + randomInt(26))).join("");
}
