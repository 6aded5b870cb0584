import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { familyParity } from "../family-parity.ts";

/** A host that encrypts over one address family better than over the other. */
export const addressFamilyDiffers = defineCheck({
  id: "address/family-differs",
  title: "IPv4 and IPv6 reach the same server",
  over: "addresses",
  facts: [],
  reads: ["smtp-hello"],
  specs: [
    { ref: "RFC 5321 5.2", level: "advice" },
    { ref: "RFC 3207 4", level: "advice" },
  ],
  tags: ["ipv6", "tls"],
  messages: {
    differs: {
      severity: "warning",
      text: "{host} is not the same over IPv4 and IPv6: {differences}.",
      fix: "Give both addresses the same TLS settings and certificate; look at what listens on each, and at a proxy, tunnel or port forward that serves only one of them.",
      clause: "{who} {who:encrypts|encrypt} differently over IPv4 and IPv6",
    },
  },
  explain: {
    what: "Whether STARTTLS works, and the certificate is trusted and for the host, over both address families alike.",
    why: "Senders with IPv6 mostly use it first, so half of the mail meets a server that nobody looked at, and faults seem to come and go.",
    fix: "Let one configuration serve both families.",
    blind: "Anything that shows only after the handshake, such as different recipients or filters.",
    falseAlarm:
      "The members of a pool greet with different names, and may list different extensions or hold keys of their own: only encryption and the trust in it are compared. A family that this machine cannot reach leaves the question open.",
  },
  run: ({ subject, evidence }) => {
    const { host = "" } = subject;
    const { sessions, differences, open } = familyParity(evidence, host);
    if (sessions.length === 0) return notApplicable();
    const cites = sessions.map(({ id }) => id);
    if (differences.length > 0) return problem("differs", { host, differences }, { cites });
    const [first] = open;
    return first === undefined ? pass({ cites }) : cannotTell(first.cause, first.session);
  },
});
