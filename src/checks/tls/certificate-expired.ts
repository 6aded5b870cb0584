import { count } from "../../core/text.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { dayOf, serverOf } from "../naming.ts";

const dayMs = 86_400_000;
const soonMs = 14 * dayMs;

/** A certificate whose time is over, or nearly so. */
export const tlsCertificateExpired = defineCheck({
  id: "tls/certificate-expired",
  title: "The certificate has not expired",
  over: "smtp-hello",
  facts: ["tls"],
  specs: [{ ref: "RFC 5280 4.1.2.5", level: "must" }],
  tags: ["tls", "certificate"],
  messages: {
    expired: {
      severity: "warning",
      text: "The certificate of {server} expired on {day}, {when}.",
      fix: "Renew the certificate, reload the mail server, and see to it that renewals reload it.",
      clause: "{who} {who:presents an expired certificate|present expired certificates}",
    },
    "expires-soon": {
      severity: "warning",
      text: "The certificate of {server} expires on {day}, {when}.",
      fix: "Renew the certificate now, and find out why that did not happen by itself.",
      clause: "{who} will soon present an expired certificate",
    },
    "chain-expired": {
      severity: "warning",
      text: 'The certificate of {server} is in time, but the intermediate "{issuer}" that it sends expired on {day}.',
      fix: "Replace the chain file by the one that the CA issues now.",
      clause: "{who} {who:sends|send} an expired intermediate certificate",
    },
  },
  explain: {
    what: "Whether the time of the examination lies before the end of the certificate's validity, and by how much.",
    why: "Most senders encrypt in spite of it, but those that verify (MTA-STS, DANE-TA, strict partners) hold the mail back.",
    fix: "Renew it, and reload the server after each renewal.",
    blind: "A renewed certificate on disk that the server has not loaded.",
    falseAlarm:
      "Short-lived certificates are renewed late on purpose: one is called near its end only in its last third, and never earlier than 14 days before. The clock of this machine must be right.",
  },
  run: ({ facts, subject, now }) => {
    const [leaf, ...rest] = facts.tls.chain;
    if (leaf === undefined) return notApplicable();
    const server = serverOf(subject);
    const end = Date.parse(leaf.notAfter);
    const left = end - now.getTime();
    const days = Math.floor(Math.abs(left) / dayMs);
    const day = dayOf(leaf.notAfter);
    if (left < 0) {
      const when = days === 0 ? "less than a day ago" : `${count(days, "day")} ago`;
      return problem("expired", { server, day, when });
    }
    const late = rest.find(({ notAfter }) => Date.parse(notAfter) < now.getTime());
    if (facts.tls.trustError === "CERT_HAS_EXPIRED" && late !== undefined)
      return problem("chain-expired", { server, issuer: late.subject, day: dayOf(late.notAfter) });
    const lifetime = end - Date.parse(leaf.notBefore);
    if (left >= Math.min(soonMs, lifetime / 3)) return pass();
    const when = days === 0 ? "in less than a day" : `in ${count(days, "day")}`;
    return problem("expires-soon", { server, day, when });
  },
});
