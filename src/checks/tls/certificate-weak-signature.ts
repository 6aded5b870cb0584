import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** Names and OIDs of signature algorithms over MD2, MD5 and SHA-1. source: RFC 8017 C, RFC 3279 2.2. */
const weak =
  /md[245]|sha-?1(?!\d)|^dsa(?:withsha)?$|^1\.2\.840\.113549\.1\.1\.[245]$|^1\.2\.840\.10045\.4\.1$|^1\.2\.840\.10040\.4\.3$/i;

/** A certificate whose signature can be forged. */
export const tlsCertificateWeakSignature = defineCheck({
  id: "tls/certificate-weak-signature",
  title: "Certificates are signed with SHA-256 or better",
  over: "smtp-hello",
  facts: ["tls"],
  specs: [{ ref: "RFC 9325 4.5", level: "must" }],
  tags: ["tls", "certificate"],
  messages: {
    weak: {
      severity: "warning",
      text: 'In the chain of {server}, the certificate "{subject}" is signed with {algorithm}, where SHA-256 or better is expected.',
      fix: "Have the certificate issued anew; every CA signs with SHA-256 today.",
      clause:
        "{who} {who:presents a certificate|present certificates} with a signature that can be forged",
    },
  },
  explain: {
    what: "The signature algorithms of the certificates that the server sends.",
    why: "Signatures over MD5 and SHA-1 can be forged, and current TLS libraries refuse them.",
    fix: "Replace the certificate, or the chain file if an old intermediate is in it.",
    blind: "Certificates that the server does not send.",
    falseAlarm:
      "The signature of a self-signed certificate, and so of any root, protects nothing and is not judged.",
  },
  run: ({ facts, subject }) => {
    const { chain } = facts.tls;
    if (chain.length === 0) return notApplicable();
    const found = chain.find(
      ({ selfSigned, signatureAlgorithm }) => !selfSigned && weak.test(signatureAlgorithm),
    );
    if (found === undefined) return pass();
    return problem("weak", {
      server: serverOf(subject),
      subject: found.subject,
      algorithm: found.signatureAlgorithm,
    });
  },
});
