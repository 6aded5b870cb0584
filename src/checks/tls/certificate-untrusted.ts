import type { TlsFacts } from "../../core/tls-facts.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** A trust error about dates, where another check speaks of the certificate that has them. */
function isToldElsewhere({ chain, trustError }: TlsFacts, now: Date): boolean {
  if (trustError === "CERT_HAS_EXPIRED")
    return chain.some(({ notAfter }) => Date.parse(notAfter) < now.getTime());
  const [leaf] = chain;
  return trustError === "CERT_NOT_YET_VALID" && Date.parse(leaf?.notBefore ?? "") > now.getTime();
}

const issuerMissing: ReadonlySet<string> = new Set([
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** A certificate chain that leads to no trusted root. */
export const tlsCertificateUntrusted = defineCheck({
  id: "tls/certificate-untrusted",
  title: "The certificate is trusted",
  over: "smtp-hello",
  facts: ["tls"],
  specs: [
    { ref: "RFC 5280 6.1", level: "must" },
    { ref: "RFC 8461 4.2", level: "advice" },
  ],
  tags: ["tls", "certificate"],
  messages: {
    "self-signed": {
      severity: "warning",
      text: 'The certificate of {server} ("{subject}") is signed by itself, so nobody vouches for it.',
      fix: "Install a certificate of a public CA, or publish TLSA records for this one (DANE).",
      clause: "{who} {who:presents a self-signed certificate|present self-signed certificates}",
    },
    "incomplete-chain": {
      severity: "warning",
      text: 'The certificate of {server} was issued by "{issuer}", but that intermediate certificate is not sent and is no root that we know.',
      fix: "Send the full chain: put the intermediate certificates after the server's own in the certificate file (fullchain.pem).",
      clause: "{who} {who:sends|send} an incomplete certificate chain",
    },
    "unknown-issuer": {
      severity: "warning",
      text: 'The certificate chain of {server} ends at "{issuer}", which is not among the trusted roots ({store}).',
      fix: "Install a certificate of a public CA, or name your own CA with --ca-file if it is meant for your own senders only.",
      clause: "{who} {who:presents a certificate|present certificates} of an unknown issuer",
    },
    invalid: {
      severity: "warning",
      text: "The certificate chain of {server} cannot be verified ({error}).",
      fix: "Compare the certificates that the server sends with those that the CA issued, and replace the faulty one.",
      clause: "{who} {who:presents a certificate|present certificates} that cannot be verified",
    },
  },
  explain: {
    what: "Whether the chain that the server presents leads to a root of the trust store, names and dates apart.",
    why: "Between mail servers encryption without trust is common and better than none, but MTA-STS senders refuse it, and a man in the middle goes unseen.",
    fix: "Use a public CA and send its intermediate certificates.",
    blind:
      "A private CA whose intermediate is missing looks like an incomplete chain, and DANE, which needs no CA, is not looked at here.",
    falseAlarm:
      "Expired and future certificates have checks of their own. Senders that only encrypt do not care, which is why this is a warning and no error.",
  },
  run: ({ facts, subject, now }) => {
    const { chain, trusted, trustError = "", trustStore: store } = facts.tls;
    const [leaf] = chain;
    if (leaf === undefined || isToldElsewhere(facts.tls, now)) return notApplicable();
    if (trusted) return pass();
    const server = serverOf(subject);
    switch (reasonOf(facts.tls)) {
      case "self-signed":
        return problem("self-signed", { server, subject: leaf.subject });
      case "incomplete-chain":
        return problem("incomplete-chain", { server, issuer: leaf.issuer });
      case "unknown-issuer":
        return problem("unknown-issuer", { server, issuer: chain.at(-1)?.issuer ?? "", store });
      case "invalid":
        return problem("invalid", { server, error: trustError || "no reason given" });
    }
  },
});

function reasonOf({ chain, trustError = "" }: TlsFacts) {
  const [leaf, ...rest] = chain;
  if (trustError === "DEPTH_ZERO_SELF_SIGNED_CERT") return "self-signed";
  if (trustError === "SELF_SIGNED_CERT_IN_CHAIN") return "unknown-issuer";
  if (!issuerMissing.has(trustError)) return "invalid";
  const sent = rest.some(({ subject }) => subject === leaf?.issuer);
  return sent ? "unknown-issuer" : "incomplete-chain";
}
