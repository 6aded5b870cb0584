import { ipFamily } from "../../core/ip.ts";
import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { unknown } from "../../core/fact.ts";
import { serverOf } from "../naming.ts";

/** A certificate for other names than the host's. */
export const tlsCertificateNameMismatch = defineCheck({
  id: "tls/certificate-name-mismatch",
  title: "The certificate names the host",
  over: "smtp-hello",
  facts: ["tls"],
  specs: [
    { ref: "RFC 9525 6.3", level: "must" },
    { ref: "RFC 8461 4.2", level: "advice" },
  ],
  tags: ["tls", "certificate"],
  messages: {
    mismatch: {
      severity: "warning",
      text: "The certificate of {server} is for {names}, where {expected} is expected.",
      fix: "Present a certificate that names {expected}, or name a host in the MX record that the certificate covers.",
      clause: "{who} {who:presents a certificate|present certificates} for another name",
    },
    unnamed: {
      severity: "warning",
      text: "The certificate of {server} names no host at all (no subject alternative name), where {expected} is expected.",
      fix: "Issue a certificate with {expected} as its subject alternative name; the common name no longer counts.",
      clause: "{who} {who:presents a certificate|present certificates} without a host name",
    },
  },
  explain: {
    what: "Whether the subject alternative names cover the host name from the MX record, with at most one wildcard as the whole leftmost label.",
    why: "Senders with MTA-STS refuse to deliver on a mismatch; the others encrypt, but cannot know to whom.",
    fix: "The name that counts is the MX host name, not the mail domain.",
    blind: "Other certificates that the server presents for other server names.",
    falseAlarm:
      "A server that was named by its address is not judged, and a certificate for the host need not name the mail domain.",
  },
  run: ({ facts, subject }) => {
    const { chain, nameMatch, referenceIdentifier: expected } = facts.tls;
    const [leaf] = chain;
    if (leaf === undefined || ipFamily(expected) !== 0) return notApplicable();
    if (nameMatch === "not-judged") return cannotTell(unknown("budget"));
    if (nameMatch !== "none") return pass();
    const server = serverOf(subject);
    const names = leaf.dnsNames;
    return names.length === 0
      ? problem("unnamed", { server, expected })
      : problem("mismatch", { server, names, expected });
  },
});
