import { defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** Deprecated versions beside the current ones. */
export const tlsLegacyVersions = defineCheck({
  id: "tls/legacy-versions",
  title: "TLS 1.0 and 1.1 are switched off",
  over: "tls-legacy",
  facts: ["trial"],
  specs: [
    { ref: "RFC 8996 4", level: "must" },
    { ref: "RFC 8996 5", level: "must" },
    { ref: "RFC 9325 3.1.1", level: "must" },
  ],
  tags: ["tls", "deep"],
  messages: {
    accepted: {
      severity: "warning",
      text: "{server} still accepts {version} ({cipher}) from a client that offers nothing newer.",
      fix: "Switch TLS 1.0 and 1.1 off (Postfix: smtpd_tls_protocols = >=TLSv1.2; Exim with OpenSSL: openssl_options = +no_tlsv1 +no_tlsv1_1), unless old senders depend on them and clear text would be the alternative.",
      clause: "{who} still {who:accepts|accept} outdated TLS",
    },
  },
  explain: {
    what: "Whether a handshake succeeds that offers TLS 1.0 and 1.1 alone, at a server that speaks a newer version. Tried with --deep only.",
    why: "The old versions rest on MD5 and SHA-1 and on ciphers that are broken; standards forbid them, and audits ask for them.",
    fix: "Allow TLS 1.2 and later only.",
    blind:
      "SSL 3 and earlier, and old versions with nothing but ciphers that this machine's TLS library lacks (RC4, DES): both look like a refusal.",
    falseAlarm:
      "Errors of our own TLS library, and silence, are inconclusive. On port 25 old TLS beats clear text for old senders, which is why it is no error.",
  },
  run: ({ facts, subject }) => {
    const { trial } = facts;
    if (!trial.accepted) return pass();
    const version = trial.version.replace(/^TLSv1$/, "TLSv1.0");
    return problem("accepted", { server: serverOf(subject), version, cipher: trial.cipher });
  },
});
