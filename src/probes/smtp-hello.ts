import { known, unknown, type Fact, type Unknown } from "../core/fact.ts";
import type { Failure } from "../core/failure.ts";
import type { Security } from "../core/service.ts";
import { refusal, type SmtpSession } from "../proto/smtp/session.ts";
import type { ExamContext } from "./context.ts";
import type { StarttlsOutcome } from "./kinds.ts";
import { hearGreeting, type HelloDraft } from "./smtp-greeting.ts";

/**
 * Steps 2 to 5 of the dialogue in smtp-session.ts, on an open session: implicit TLS, greeting,
 * hello, STARTTLS and the second hello, as far as they come. Fills the draft; what it leaves absent
 * was not reached. Returns the first failure that ended the session.
 */
export async function sayHello(
  session: SmtpSession,
  host: string,
  security: Security,
  draft: HelloDraft,
  ctx: ExamContext,
): Promise<Failure | undefined> {
  return (
    (await hearGreeting(session, host, security, draft, ctx)) ??
    (await greetBack(session, host, security, draft, ctx)) ??
    (draft.starttls === undefined ? await encrypt(session, host, draft, ctx) : undefined)
  );
}

/** EHLO, and what there is to say about TLS without asking for it. */
async function greetBack(
  session: SmtpSession,
  host: string,
  security: Security,
  draft: HelloDraft,
  ctx: ExamContext,
): Promise<Failure | undefined> {
  ctx.progress({ text: `EHLO to ${host}` });
  const hello = await session.hello(ctx.identity.ehloName);
  if (hello.failure) return hello.failure;
  const { verb, reply, ehloReply, extensions } = hello;
  draft.hello = known({ verb, reply, ...(ehloReply === undefined ? {} : { ehloReply }) });
  const keywords = [...session.masked].map((keyword) => `keyword ${keyword}`);
  draft.masked = [...(draft.masked ?? []), ...keywords];
  // EHLO that is refused for our name or address says nothing about what the server can do.
  const refusedUs = ehloReply !== undefined && ![500, 502].includes(ehloReply.code);
  draft.extensions = refusedUs ? unknown(refusal(ehloReply, "hello")) : known(extensions);

  if (security === "implicit") {
    draft.starttls = unknown("not-applicable");
    draft.extensionsAfterTls = draft.extensions;
  } else if (!draft.extensions.known) {
    setTls(draft, draft.extensions);
  } else if (security === "plain") {
    setTls(draft, unknown("not-requested"));
  } else if (!extensions.some(({ keyword }) => keyword === "STARTTLS")) {
    setTls(draft, unknown("not-applicable"), known({ state: "not-offered" }));
  }
  return undefined;
}

/** STARTTLS, the handshake, and EHLO again. A refusal leaves the session in clear, and going on. */
async function encrypt(
  session: SmtpSession,
  host: string,
  draft: HelloDraft,
  ctx: ExamContext,
): Promise<Failure | undefined> {
  ctx.progress({ text: `STARTTLS with ${host}` });
  const starttls = await session.starttls({ host, trust: ctx.trust });
  if (starttls.state === "refused") {
    const { reply } = starttls;
    const failure: Failure = {
      ...refusal(reply, "starttls"),
      code: "starttls-refused",
      message: `the server offers STARTTLS and refuses it: ${reply.code}`,
    };
    setTls(draft, unknown(failure), known({ state: "refused", reply }));
    return undefined;
  }
  if (starttls.state === "broken") {
    const { failure } = starttls;
    setTls(draft, unknown(failure), brokenStarttls(failure));
    return failure;
  }
  draft.starttls = known({ state: "done" });
  draft.tls = known(starttls.facts);
  const again = await session.hello(ctx.identity.ehloName);
  draft.extensionsAfterTls = again.failure ? unknown(again.failure) : known(again.extensions);
  return again.failure;
}

function setTls(draft: HelloDraft, cause: Unknown, starttls: Fact<StarttlsOutcome> = cause): void {
  draft.starttls = starttls;
  draft.tls = cause;
  draft.extensionsAfterTls = cause;
}

/** What cut us short says nothing of the server's TLS; everything else does. */
function brokenStarttls(failure: Failure): Fact<StarttlsOutcome> {
  const ours = ["rate-limited", "aborted", "deadline", "desync", "over-limit"];
  return ours.includes(failure.code) ? unknown(failure) : known({ state: "broken", failure });
}
