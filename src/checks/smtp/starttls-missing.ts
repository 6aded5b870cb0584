import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** No STARTTLS among the extensions. */
export const smtpStarttlsMissing = defineCheck({
  id: "smtp/starttls-missing",
  title: "The server offers STARTTLS",
  over: "smtp-hello",
  facts: ["starttls"],
  specs: [
    { ref: "RFC 3207 4", level: "advice" },
    { ref: "RFC 7435 3", level: "advice" },
  ],
  tags: ["smtp", "tls"],
  messages: {
    missing: {
      severity: "error",
      text: "{server} does not offer STARTTLS, so every message to it crosses the network unencrypted.",
      fix: "Install a certificate and switch TLS on for incoming mail: smtpd_tls_security_level = may with smtpd_tls_chain_files in Postfix, tls_advertise_hosts with tls_certificate in Exim.",
      clause: "{who} would take it unencrypted",
    },
    filtered: {
      severity: "warning",
      text: "STARTTLS is hidden on the way to {server}: a filter rewrites the dialogue ({signs}), so mail on this path is unencrypted.",
      fix: "Switch off SMTP inspection in the firewall before the server or before this machine, and check again from another network.",
      clause: "on the way to {who} a filter hides STARTTLS",
    },
  },
  explain: {
    what: "Whether the answer to EHLO lists STARTTLS.",
    why: "Without it everybody on the path can read and change the mail.",
    fix: "Any certificate is better than none; a trusted one for the MX host name is best.",
    blind: "An attacker on the path can remove the keyword for this machine alone.",
    falseAlarm:
      "A session that ended before the list of extensions (421, 554, a timeout) is inconclusive, and a list masked by a firewall has a message of its own.",
  },
  run: ({ facts, data, subject }) => {
    if (data.tls.known && data.tls.value.mode === "implicit") return notApplicable();
    if (facts.starttls.state !== "not-offered") return pass();
    const server = serverOf(subject);
    return data.masked.length > 0
      ? problem("filtered", { server, signs: data.masked })
      : problem("missing", { server });
  },
});
