import { defineCheck, pass, problem } from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** A dialogue that a firewall rewrites. */
export const smtpMasked = defineCheck({
  id: "smtp/masked",
  title: "Nothing rewrites the dialogue",
  over: "smtp-hello",
  facts: ["greeting"],
  specs: [{ ref: "RFC 5321 4.2", level: "must" }],
  tags: ["smtp"],
  messages: {
    masked: {
      severity: "note",
      text: "Something between here and {server} rewrites the dialogue ({signs}).",
      fix: 'Switch off SMTP inspection in the firewall ("no fixup protocol smtp" or "no inspect esmtp" on Cisco devices), at the server first and then here.',
      clause: "a filter on the way to {who} rewrites the dialogue",
    },
  },
  explain: {
    what: "Whether the greeting or the list of extensions shows the marks of a firewall that masks SMTP: asterisks, or keywords overwritten with X.",
    why: "Such filters hide STARTTLS and other extensions, and break mail in ways that neither side can see.",
    fix: "Switch the inspection off; mail servers protect themselves better.",
    blind: "Whether the filter stands before the server or before this machine.",
    falseAlarm:
      "A server may greet with any text; only the known marks of filters are reported, as a note, because the filter may be ours.",
  },
  run: ({ data, subject }) =>
    data.masked.length === 0
      ? pass()
      : problem("masked", { server: serverOf(subject), signs: data.masked }),
});
