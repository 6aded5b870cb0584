import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";
import { isOff } from "../session-traits.ts";

/** Mechanisms that hand the secret itself to whoever listens. spec: RFC 4616, RFC 7628. */
const readable: ReadonlySet<string> = new Set(["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"]);

/** Logins offered before the session is encrypted. */
export const smtpAuthBeforeTls = defineCheck({
  id: "smtp/auth-before-tls",
  title: "Logins wait for encryption",
  over: "smtp-hello",
  facts: ["extensions"],
  specs: [
    { ref: "RFC 4954 9", level: "must" },
    { ref: "RFC 8314 4.1", level: "should" },
  ],
  tags: ["smtp", "tls", "login"],
  messages: {
    submission: {
      severity: "error",
      text: "{server} offers the login mechanisms {mechanisms} before encryption, so passwords cross the network where anybody on the path can read them.",
      fix: "Offer logins inside TLS only: smtpd_tls_auth_only = yes (or smtpd_tls_security_level = encrypt for the submission service) in Postfix, an auth_advertise_hosts that asks for $tls_in_cipher in Exim, disable_plaintext_auth = yes in Dovecot (auth_allow_cleartext = no from 2.4 on).",
      clause: "{who} {who:takes|take} passwords unencrypted",
    },
    relay: {
      severity: "warning",
      text: "{server} offers the login mechanisms {mechanisms} before encryption; a mail program set to this port would send its password in clear.",
      fix: "Switch logins off on port 25, where other servers deliver and nobody logs in, or at least before TLS: smtpd_tls_auth_only = yes in Postfix, auth_advertise_hosts in Exim.",
      clause: "{who} {who:takes|take} passwords unencrypted",
    },
  },
  explain: {
    what: "Whether the extensions announced in clear text offer a login that shows the password or token itself: PLAIN, LOGIN, XOAUTH2, OAUTHBEARER.",
    why: "A mail program that is set to use encryption only when it is there logs in at once, and an attacker who hides STARTTLS gets the password.",
    fix: "Let the server announce AUTH only after STARTTLS.",
    blind:
      "Whether the server would take the login: some answer 538 and want encryption first. No login is tried.",
    falseAlarm:
      "Inside TLS these mechanisms are right, on implicit TLS ports as well as after STARTTLS, and mechanisms that prove the password without showing it (SCRAM, CRAM-MD5, GSSAPI) are not reported.",
  },
  run: ({ data, facts, subject }) => {
    const { starttls } = data;
    const implicit = data.tls.known && data.tls.value.mode === "implicit";
    if (implicit) return notApplicable();
    if (!starttls.known && !isOff(starttls)) return cannotTell(starttls);
    // Where STARTTLS cannot exist, only a handshake that is not known of can have gone before.
    if (!starttls.known && !data.tls.known && !isOff(data.tls)) return cannotTell(data.tls);
    const auth = facts.extensions.find(({ keyword }) => keyword === "AUTH");
    const offered = (auth?.parameters ?? []).map((word) => word.toUpperCase());
    const mechanisms = offered.filter((word) => readable.has(word));
    if (mechanisms.length === 0) return pass();
    const message = (subject.port ?? 25) === 25 ? "relay" : "submission";
    return problem(message, { server: serverOf(subject), mechanisms });
  },
});
