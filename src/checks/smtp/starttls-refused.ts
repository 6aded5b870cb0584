import { classifyRefusal, isAboutUs } from "../../knowledge/refusal.ts";
import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";
import { isPermanent, refusedBecause } from "../refused.ts";

/** STARTTLS offered, then refused. */
export const smtpStarttlsRefused = defineCheck({
  id: "smtp/starttls-refused",
  title: "The server keeps its offer of STARTTLS",
  over: "smtp-hello",
  judgesFailures: true,
  facts: ["starttls"],
  specs: [{ ref: "RFC 3207 4", level: "must" }],
  tags: ["smtp", "tls"],
  messages: {
    refused: {
      severity: "error",
      text: "{server} offers STARTTLS and then refuses it with {reply}, where 220 is expected.",
      fix: "Look into the server's log: most often the certificate or its key cannot be read.",
      clause: "{who} {who:offers|offer} encryption and then {who:refuses|refuse} it",
    },
    temporary: {
      severity: "warning",
      text: "{server} offers STARTTLS, but answers it with {reply} for now.",
      fix: "Look into the server's log: the certificate or its key cannot be read, or the TLS engine did not start.",
      clause: "{who} cannot encrypt at the moment",
    },
  },
  explain: {
    what: "How the server answers the STARTTLS command that it announced.",
    why: "Senders then deliver unencrypted, or not at all where they insist on TLS.",
    fix: "Repair the TLS configuration, or stop offering what does not work.",
    blind: "Whether other clients are treated in the same way.",
    falseAlarm:
      "A rate limit or a refusal of our address is inconclusive, and a temporary 454 is only a warning.",
  },
  run: ({ facts, subject }) => {
    const { starttls } = facts;
    if (starttls.state === "not-offered") return notApplicable();
    if (starttls.state !== "refused") return pass();
    const { reply } = starttls;
    if (isAboutUs(classifyRefusal(reply))) return cannotTell(refusedBecause(reply, "starttls"));
    const shown = { server: serverOf(subject), reply: quoteReply(reply) };
    return problem(isPermanent(reply) ? "refused" : "temporary", shown);
  },
});
