import type { CertificateFacts } from "../../core/tls-facts.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** The least key sizes in bits. spec: RFC 9325 4.5. */
const least: Readonly<Partial<Record<CertificateFacts["keyType"], number>>> = {
  rsa: 2048,
  ec: 224,
};

/** A key that is too short. */
export const tlsCertificateWeakKey = defineCheck({
  id: "tls/certificate-weak-key",
  title: "The certificate's key is long enough",
  over: "smtp-hello",
  facts: ["tls"],
  specs: [{ ref: "RFC 9325 4.5", level: "must" }],
  tags: ["tls", "certificate"],
  messages: {
    short: {
      severity: "warning",
      text: "The certificate of {server} has a key of {bits} bits ({type}), where at least {least} are expected.",
      fix: "Make a new key (RSA of 2048 bits or more, or EC on P-256) and have a certificate issued for it.",
      clause: "{who} {who:has a certificate key|have certificate keys} that can be broken",
    },
    dsa: {
      severity: "warning",
      text: "The certificate of {server} has a DSA key, which today's senders do not accept.",
      fix: "Make a new RSA or EC key and have a certificate issued for it.",
      clause: "{who} {who:has|have} a DSA key that senders do not accept",
    },
  },
  explain: {
    what: "The type and size of the key in the server's own certificate.",
    why: "Short keys can be broken, and current TLS libraries refuse the handshake with them.",
    fix: "Replace key and certificate together.",
    blind: "Keys further up in the chain.",
    falseAlarm:
      "EC keys are short by nature: 224 bits and more are strong. Ed25519 and Ed448 always pass.",
  },
  run: ({ facts, subject }) => {
    const [leaf] = facts.tls.chain;
    if (leaf === undefined) return notApplicable();
    const server = serverOf(subject);
    const { keyType: type, keyBits: bits } = leaf;
    if (type === "dsa") return problem("dsa", { server });
    const limit = least[type];
    if (limit === undefined || bits === undefined || bits >= limit) return pass();
    return problem("short", { server, bits, type: type.toUpperCase(), least: limit });
  },
});
