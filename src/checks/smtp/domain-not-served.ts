import { every, known, mapFact, unknown, type Fact } from "../../core/fact.ts";
import type { Reply } from "../../core/failure.ts";
import { classifyRefusal } from "../../knowledge/refusal.ts";
import type { ObservationOf } from "../../probes/kinds.ts";
import { cannotTell, defineCheck, observationsOf, pass, problem } from "../define-check.ts";
import { quoteReply, serverOf } from "../naming.ts";
import { isAccepted, isPermanent, refusedBecause } from "../refused.ts";

type Envelope = ObservationOf<"smtp-envelope">;

/** An exchanger that refuses every recipient of the domain as a relay. */
export const smtpDomainNotServed = defineCheck({
  id: "smtp/domain-not-served",
  title: "Exchangers take the domain's mail",
  over: "smtp-envelope",
  facts: [],
  specs: [
    { ref: "RFC 5321 5.1", level: "advice" },
    { ref: "RFC 5321 3.6.2", level: "must" },
    { ref: "RFC 4954 6", level: "advice" },
  ],
  tags: ["smtp", "envelope"],
  messages: {
    refused: {
      severity: "error",
      text: "{server} refuses every recipient of {domain} as a foreign one ({reply}), so mail that reaches it is returned.",
      fix: "Add {domain} to the domains that the server takes mail for (mydestination, virtual_mailbox_domains or relay_domains in Postfix; a domainlist in Exim), or take the server out of the MX set.",
      clause: "{who} {who:does|do} not take mail for the domain and {who:returns|return} it",
    },
    login: {
      severity: "error",
      text: "{server} takes mail only after a login ({reply}), which no other mail server has, so mail for {domain} cannot be delivered there.",
      fix: "Let strangers deliver to your own domains without a login (anonymous users on the receive connector in Exchange; no bare reject after permit_sasl_authenticated for port 25 in Postfix), or name in the MX set the server that does.",
      clause: "{who} {who:asks|ask} other mail servers for a login",
    },
    all: {
      severity: "error",
      undeliverable: true,
      text: "No mail server of {domain} takes its mail: each refuses its recipients as foreign ({reply}).",
      fix: "Add {domain} to the domains that the servers take mail for (mydestination, virtual_mailbox_domains or relay_domains in Postfix; a domainlist in Exim), or correct the MX set.",
      clause: "its mail servers do not know the domain and return its mail",
    },
  },
  explain: {
    what: "Whether the server refuses both postmaster and an invented recipient of the domain with the words that servers keep for relaying, or every sender for want of a login.",
    why: "A sender that meets such a refusal returns the message at once and does not try the next exchanger.",
    fix: "Configure the domain on the server, or correct the MX records: often a move that was done by half.",
    blind: "Single recipients that are accepted in spite of it.",
    falseAlarm:
      "Refusals of our address, greylisting and unknown mailboxes are no sign of it; both recipients must be refused for good as relaying.",
  },
  run: ({ observation, subject, evidence }) => {
    const { domain = "" } = subject;
    const members = observationsOf(evidence, "smtp-envelope").filter(
      (other) => other.subject.domain === domain && isInQuestion(other),
    );
    const refused = refusesDomain(observation);
    // Who asks us for a login may spare others, so that is never said of the whole domain.
    const lost = every(members.map(refusesDomain), (value) => value === "as-foreign");
    const speaks = members.find(({ data }) => data !== null)?.id === observation.id;
    const where = { subject: { domain }, cites: members.map(({ id }) => id) };
    const shown = { server: serverOf(subject), domain, reply: replyOf(observation) };
    if (lost.known && lost.value) return speaks ? problem("all", shown, where) : [];
    const own = !refused.known
      ? cannotTell(refused)
      : refused.value === "no"
        ? pass()
        : problem(refused.value === "login" ? "login" : "refused", shown);
    if (lost.known || !speaks) return own;
    const unsure = members.find((other) => !refusesDomain(other).known);
    return [own, cannotTell(lost, unsure, where)];
  },
});

function isInQuestion({ data, skipReason }: Envelope): boolean {
  return data !== null || (skipReason !== "not-requested" && skipReason !== "not-applicable");
}

/** 530 to both senders, or to both recipients. spec: RFC 4954 6. */
function wantsLogin({ data }: Envelope): boolean {
  if (data === null) return false;
  const { nullSender, relay, postmaster, unknownRecipient } = data;
  const sender = relay.known && relay.value.decidedAt === "mail" ? relay.value.reply : undefined;
  const other = unknownRecipient.known ? unknownRecipient.value.reply : undefined;
  return (
    (nullSender.known && isLoginDemand(nullSender.value) && isLoginDemand(sender)) ||
    (postmaster.known && isLoginDemand(postmaster.value) && isLoginDemand(other))
  );
}

function isLoginDemand(reply: Reply | undefined): boolean {
  return reply?.code === 530 && classifyRefusal(reply) === "auth-required";
}

/** One recipient that is taken, or refused as unknown, shows that the domain is served. */
function refusesDomain(envelope: Envelope): Fact<"as-foreign" | "login" | "no"> {
  const { data, skipReason } = envelope;
  if (data === null) return unknown(skipReason ?? "depends-on");
  if (wantsLogin(envelope)) return known("login");
  const { postmaster, unknownRecipient } = data;
  const replies = [
    postmaster,
    unknownRecipient.known ? known(unknownRecipient.value.reply) : unknownRecipient,
  ];
  const facts = replies.map((fact): Fact<boolean> => {
    if (!fact.known) return fact;
    if (isAccepted(fact.value)) return known(false);
    const refusal = classifyRefusal(fact.value);
    if (refusal === "no-such-user" || refusal === "mailbox-full") return known(false);
    if (refusal !== "relay-denied" || !isPermanent(fact.value)) return refusedBecause(fact.value);
    return known(true);
  });
  return mapFact(every(facts, Boolean), (all) => (all ? "as-foreign" : "no"));
}

function replyOf({ data }: Envelope): string {
  if (data?.postmaster.known) return quoteReply(data.postmaster.value);
  return data?.nullSender.known ? quoteReply(data.nullSender.value) : "relay access denied";
}
