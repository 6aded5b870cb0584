import { defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

const old: ReadonlySet<string> = new Set(["SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"]);

/** The best version on which both sides agree is a deprecated one. */
export const tlsVersionOld = defineCheck({
  id: "tls/version-old",
  title: "TLS 1.2 or later is spoken",
  over: "smtp-hello",
  facts: ["tls"],
  specs: [
    { ref: "RFC 8996 5", level: "must" },
    { ref: "RFC 9325 3.1.1", level: "must" },
  ],
  tags: ["tls"],
  messages: {
    old: {
      severity: "warning",
      text: "{server} agrees on {version} at best, where TLS 1.2 or later is expected.",
      fix: "Allow TLS 1.2 and 1.3: update the server's TLS library, and in Postfix leave smtpd_tls_protocols at its default.",
      clause: "{who} {who:speaks|speak} only outdated TLS",
    },
  },
  explain: {
    what: "Which TLS version the handshake settled on; both sides take the highest that they share.",
    why: "Versions before 1.2 are broken and deprecated; more and more senders refuse them.",
    fix: "Update the server or its TLS settings.",
    blind:
      "Whether old versions are allowed beside the new ones; tls/legacy-versions tries that, with --deep.",
    falseAlarm:
      "A server that still allows old versions for old senders, but agrees on a new one here, passes.",
  },
  run: ({ facts, subject }) => {
    const { version } = facts.tls;
    return old.has(version) ? problem("old", { server: serverOf(subject), version }) : pass();
  },
});
