import { announcedExtensions } from "../announced.ts";
import { cannotTell, defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

const obsolete: ReadonlySet<string> = new Set([
  "SEND",
  "SOML",
  "SAML",
  "UTF8SMTP",
  "SUBMITTER",
  "XADR",
  "XUSR",
]);

/** Extensions that were given up long ago. */
export const smtpObsoleteVerbs = defineCheck({
  id: "smtp/obsolete-verbs",
  title: "No abandoned extensions are offered",
  over: "smtp-hello",
  facts: ["hello"],
  specs: [
    { ref: "RFC 5321 F.1", level: "should" },
    { ref: "RFC 5321 F.6", level: "should" },
  ],
  tags: ["smtp"],
  messages: {
    turn: {
      severity: "note",
      text: "{server} offers TURN, with which a client asks for the queued mail of a domain without saying who it is.",
      fix: "Switch TURN off; ATRN, which asks for a login, and ETRN replace it.",
      clause: "{who} {who:offers|offer} queued mail to whoever asks (TURN)",
    },
    obsolete: {
      severity: "note",
      text: "{server} offers {verbs}, which the standards have given up.",
      fix: "Update the server, or switch {verbs:it|them} off.",
      clause: "{who} {who:offers|offer} abandoned extensions",
    },
  },
  explain: {
    what: "Whether the list of extensions names TURN, SEND, SOML, SAML, UTF8SMTP, SUBMITTER, XADR or XUSR.",
    why: "They say that the software is old or the configuration inherited; TURN can hand mail to strangers.",
    fix: "Update the software, or switch the extensions off.",
    blind: "Whether the commands still work; they are not tried.",
    falseAlarm:
      "ETRN, VRFY, EXPN, HELP and VERB are in the lists of healthy servers by default (Postfix, Sendmail) and are not reported.",
  },
  run: ({ data, subject }) => {
    const extensions = announcedExtensions(data);
    if (!extensions.known) return cannotTell(extensions);
    const keywords = extensions.value.map(({ keyword }) => keyword);
    const server = serverOf(subject);
    if (keywords.includes("TURN")) return problem("turn", { server });
    const verbs = keywords.filter((keyword) => obsolete.has(keyword));
    return verbs.length === 0 ? pass() : problem("obsolete", { server, verbs });
  },
});
