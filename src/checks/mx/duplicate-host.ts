import { defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** An exchange that the MX set names twice. */
export const mxDuplicateHost = defineCheck({
  id: "mx/duplicate-host",
  title: "Each exchanger is named once",
  over: "mx-set",
  facts: ["records"],
  specs: [{ ref: "RFC 5321 5.1", level: "advice" }],
  tags: ["dns"],
  messages: {
    twice: {
      severity: "note",
      text: "The MX set of {domain} names {hosts} more than once ({preferences}); the second time adds nothing.",
      fix: "Keep one MX record for each exchanger, the one with the preference that is meant.",
      clause: "it names {hosts} as an exchanger more than once",
    },
  },
  explain: {
    what: "Whether two MX records name the same exchange with different preferences.",
    why: "It looks like a backup and is none: senders only try the same server again.",
    fix: "Delete the record that is not meant.",
    blind:
      "Exchangers with different names and the same addresses; mx/duplicate-address sees them.",
    falseAlarm:
      "It harms nobody, so it is a note. Several exchangers with the same preference are a way to share the load and are not reported.",
  },
  run: ({ facts, subject }) => {
    const { domain = "" } = subject;
    const { records } = facts;
    if (records.length === 0) return notApplicable();
    // A second null MX is the matter of mx/null-mx-with-others.
    const names = records.map(({ exchange }) => exchange).filter((name) => name !== ".");
    const hosts = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
    if (hosts.length === 0) return pass();
    const preferences = records
      .filter(({ exchange }) => hosts.includes(exchange))
      .map(({ exchange, preference }) => `${preference} ${exchange}`);
    return problem("twice", { domain, hosts, preferences });
  },
});
