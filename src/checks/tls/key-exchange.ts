import { defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** spec: RFC 9325 4.5. */
const leastBits = 2048;

/** IANA names of cipher suites whose key exchange is not ephemeral. */
const fixedKey = /^TLS_(?:RSA|RSA_PSK|DH_RSA|DH_DSS|ECDH_RSA|ECDH_ECDSA)_WITH_/;

/** A key exchange that can be undone later, or broken. */
export const tlsKeyExchange = defineCheck({
  id: "tls/key-exchange",
  title: "Session keys are agreed on safely",
  over: "smtp-hello",
  facts: ["tls"],
  specs: [
    { ref: "RFC 9325 4.1", level: "should" },
    { ref: "RFC 9325 4.5", level: "must" },
  ],
  tags: ["tls"],
  messages: {
    static: {
      severity: "warning",
      text: "{server} agrees on {cipher}, which has no forward secrecy: who records the mail and gets the server's key later can read it.",
      fix: "Offer ECDHE cipher suites: update the server's TLS library, and leave the list of cipher suites at its default.",
      clause: "{who} {who:encrypts|encrypt} without forward secrecy",
    },
    short: {
      severity: "warning",
      text: "{server} uses a Diffie-Hellman group of {bits} bits, where at least {least} are expected.",
      fix: "Use a group of {least} bits or more, or ECDHE alone: in Postfix leave smtpd_tls_dh1024_param_file at its default, in Exim set tls_dhparam to ffdhe2048.",
      clause: "{who} {who:uses|use} a key exchange that can be broken",
    },
  },
  explain: {
    what: "Whether the handshake made here used an ephemeral key exchange, and how large its Diffie-Hellman group is.",
    why: "Without forward secrecy one stolen key opens all mail that was ever recorded; groups of 1024 bits are within reach of large attackers, and new TLS libraries refuse them.",
    fix: "Take the defaults of a current TLS library.",
    blind:
      "What other clients agree on: only the choice in one handshake is seen, and groups given by name in TLS 1.3 are always large enough.",
    falseAlarm:
      "Elliptic curves have 250 to 520 bits and are strong: their size is not compared with that of Diffie-Hellman groups. Every handshake of TLS 1.3 has forward secrecy.",
  },
  run: ({ facts, subject }) => {
    const { cipher, keyExchange, keyExchangeBits: bits, version } = facts.tls;
    if (version === "TLSv1.3") return pass();
    const server = serverOf(subject);
    if (keyExchange === undefined)
      return fixedKey.test(cipher) ? problem("static", { server, cipher }) : pass();
    if (keyExchange !== "DH" || bits === undefined || bits >= leastBits) return pass();
    return problem("short", { server, bits, least: leastBits });
  },
});
