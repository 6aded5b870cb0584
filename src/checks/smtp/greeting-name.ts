import { ipFamily } from "../../core/ip.ts";
import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** Suffixes that mean nothing outside the owner's network. */
const internal =
  /\.(?:local|localdomain|localhost|internal|intranet|lan|home|corp|private|arpa|invalid)$/;

/** A greeting that does not begin with the server's name. */
export const smtpGreetingName = defineCheck({
  id: "smtp/greeting-name",
  title: "The greeting names the server",
  over: "smtp-hello",
  facts: ["greeting", "greetingName"],
  specs: [
    { ref: "RFC 5321 4.2", level: "must" },
    { ref: "RFC 5321 4.3.1", level: "should" },
  ],
  tags: ["smtp"],
  messages: {
    "not-fqdn": {
      severity: "note",
      text: '{server} greets with "{name}" where its full host name is expected.',
      fix: "Set the server's name: myhostname in Postfix, primary_hostname in Exim, confDOMAIN_NAME in Sendmail.",
      clause: "{who} {who:greets|greet} without a full host name",
    },
    empty: {
      severity: "note",
      text: "{server} greets without a name, where its full host name is expected.",
      fix: "Set the server's name and greeting: myhostname and smtpd_banner in Postfix, primary_hostname and smtp_banner in Exim.",
      clause: "{who} {who:greets|greet} without a name",
    },
  },
  explain: {
    what: "Whether the first word of the greeting is a full host name or an address literal.",
    why: "People and programs read it in logs, and a server that does not know its own name often sends with that name as well, which receivers refuse.",
    fix: "Configure the full host name of the server.",
    blind: "Which name the server uses when it sends.",
    falseAlarm:
      "The greeting need not equal the MX name, the reverse name or the certificate: large providers answer for many names. Greetings that a filter has masked are not judged.",
  },
  run: ({ facts, data, subject }) => {
    if (data.masked.length > 0 || facts.greeting.code !== 220) return notApplicable();
    const server = serverOf(subject);
    const name = facts.greetingName.replace(/\.$/, "");
    if (name === "") return problem("empty", { server });
    if (/^\[.+\]$/.test(name)) return pass();
    const lower = name.toLowerCase();
    const full = lower.includes(".") && ipFamily(lower) === 0 && !internal.test(lower);
    return full ? pass() : problem("not-fqdn", { server, name });
  },
});
