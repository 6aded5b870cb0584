import { unknown } from "../../core/fact.ts";
import { failure, type Reply } from "../../core/failure.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { Subject } from "../../core/observation.ts";
import { classifyRefusal } from "../../knowledge/refusal.ts";
import { cannotTell, defineCheck, observationsOf, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";
import { isAccepted, isHalfAccepted, isPermanent, refusedBecause } from "../refused.ts";

/** A foreign recipient accepted from a foreign sender. */
export const relayOpenRelay = defineCheck({
  id: "relay/open-relay",
  title: "The server does not relay for strangers",
  over: "smtp-envelope",
  facts: ["relay"],
  reads: ["smtp-hello"],
  specs: [
    { ref: "RFC 2505 2.1", level: "must" },
    { ref: "RFC 5321 3.6.2", level: "should" },
  ],
  tags: ["relay", "envelope"],
  messages: {
    accepts: {
      severity: "error",
      text: "{server} accepts the foreign recipient {recipient} from the sender {sender} at RCPT, as an open relay does; whether it would deliver was not tested.",
      fix: "Accept foreign recipients only from your own networks or after a login: smtpd_relay_restrictions with reject_unauth_destination and a narrow mynetworks in Postfix, relay_from_hosts in Exim, no anonymous relay permission in Exchange.",
      clause: "{who} {who:accepts|accept} mail from anybody to anybody, as an open relay does",
    },
    "accepts-everything": {
      severity: "error",
      text: "{server} accepts every recipient at RCPT, the foreign {recipient} and an invented local one alike; it is an open relay, or a sink that delivers nothing; delivery was not tested.",
      fix: "Let the server refuse foreign and unknown recipients at RCPT (reject_unauth_destination and recipient maps in Postfix, the rcpt ACL in Exim).",
      clause: "{who} {who:accepts|accept} every recipient, foreign ones too",
    },
  },
  explain: {
    what: "Whether a stranger's session may name a recipient in a foreign domain: one plain question, no message is sent.",
    why: "Spammers find such servers within hours; then the address is listed everywhere and ordinary mail is refused.",
    fix: "Restrict relaying to your own networks and to users who logged in.",
    blind:
      "Only the plain form of the address was tried, and acceptance at RCPT is no proof of delivery: some servers refuse after DATA.",
    falseAlarm:
      "From inside the server's own network relaying is right, and a refusal of our address, of our sender, by greylisting or because the recipient's domain was not found leaves the question open, as does a yes that takes itself back (252, or 250 with 5.7.1): all these are inconclusive.",
  },
  run: ({ facts, data, subject, evidence }) => {
    const { sender, recipient, decidedAt, reply } = facts.relay;
    if (decidedAt === "mail") return cannotTell(refusedBecause(reply));
    if (isHalfAccepted(reply)) return cannotTell(refusedBecause(reply));
    const { unknownRecipient: control } = data;
    if (!isAccepted(reply)) {
      const refused = isRefusedAsRelay(reply);
      if (refused === true) return pass();
      if (refused === false) return cannotTell(refusedBecause(reply));
      // "Unknown user" of a foreign domain: the server looked at its own list, if it always says so.
      if (!control.known) return cannotTell(control);
      return isFromOwnList(reply, control.value.reply) ? pass() : cannotTell(refusedBecause(reply));
    }
    const inside = ownNetwork(evidence, subject);
    if (inside !== undefined)
      return cannotTell(unknown(failure("envelope", "own-network")), inside);
    const shown = { server: serverOf(subject), sender, recipient };
    if (control.known)
      return problem(isAccepted(control.value.reply) ? "accepts-everything" : "accepts", shown);
    const noControl = control.cause.skipped === "not-applicable";
    return noControl ? problem("accepts", shown) : cannotTell(control);
  },
});

/** Whether the refusal concerns relaying; undefined where a look at the control must tell. */
function isRefusedAsRelay(reply: Reply): boolean | undefined {
  switch (classifyRefusal(reply)) {
    case "relay-denied":
    case "auth-required":
    case "tls-required":
      return true;
    case "policy":
    case "other":
      return isPermanent(reply);
    case "no-such-user":
      return isPermanent(reply) ? undefined : false;
    default:
      return false;
  }
}

/** Words of servers that asked the recipient's own server first. */
const asked = /undeliverable|unverified|verif|call-?(?:out|back|ahead)|said:/i;

/** Whether both were refused from the server's own list of users, which holds no foreign ones. */
function isFromOwnList(foreign: Reply, own: Reply): boolean {
  if (classifyRefusal(own) !== "no-such-user" || !isPermanent(own)) return false;
  const isSame = foreign.code === own.code && foreign.enhanced === own.enhanced;
  return isSame || !asked.test(foreign.lines.join(" "));
}

/** The session that shows us inside the server's own network, which it may trust. */
function ownNetwork(evidence: Evidence, { host, ip, port }: Subject) {
  return observationsOf(evidence, "smtp-hello").find(
    ({ data, subject }) =>
      data?.ownNetwork === true &&
      subject.host === host &&
      subject.ip === ip &&
      subject.port === port,
  );
}
