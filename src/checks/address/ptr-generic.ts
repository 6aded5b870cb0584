import { defineCheck, notApplicable, observationsOf, pass, problem } from "../define-check.ts";
import { genericName } from "../generic-name.ts";
import { hostsAt } from "../hosts-at.ts";

/** A reverse name that nobody chose. */
export const addressPtrGeneric = defineCheck({
  id: "address/ptr-generic",
  title: "Reverse names are those of mail servers",
  over: "reverse-name",
  facts: ["names"],
  reads: ["addresses"],
  specs: [{ ref: "RFC 1912 2.1", level: "advice" }],
  tags: ["dns", "sending"],
  messages: {
    dynamic: {
      severity: "warning",
      text: "The reverse name of {address}, {names}, looks like that of a dial-up or customer line, and many servers refuse mail from such lines.",
      fix: "Have the provider set the PTR record to the name of the mail server, or send through the provider's or another relay if the address is not fixed.",
      clause: "{who} {who:has|have} the reverse name of a customer line",
    },
    numbered: {
      severity: "note",
      text: "The reverse name of {address}, {names}, only spells the address, as a provider's default does; some servers distrust mail from such names.",
      fix: "Have the provider set the PTR record to the name of the mail server (in a hosting panel: reverse DNS), if mail is sent from there.",
      clause: "{who} {who:has|have} a reverse name that nobody chose",
    },
  },
  explain: {
    what: "Whether all reverse names of the address spell the address or contain words such as dyn, dialup, pool, dsl, dhcp, cable or ppp.",
    why: "Receivers take such names for infected home computers; the name of a mail server shows that somebody answers for it.",
    fix: "Ask the owner of the address, usually the hosting provider, for a name of your own.",
    blind: "Whether the address also sends; one that only receives is not harmed.",
    falseAlarm:
      "Names with a number, with a mail word beside the address (mail-192-0-2-1), or under which the host stands in the MX set were chosen by somebody, and one such name among several is enough.",
  },
  run: ({ facts, subject, evidence }) => {
    const { ip = "" } = subject;
    const { isPublic, labelled } = hostsAt(evidence, ip);
    const { names } = facts;
    if (!isPublic || names.length === 0) return notApplicable();
    const own = new Set(
      observationsOf(evidence, "addresses").map((observation) => observation.subject.host ?? ""),
    );
    const looks = names.map((name) => genericName(name, ip, own));
    if (looks.includes(undefined)) return pass();
    const message = looks.includes("numbered") ? "numbered" : "dynamic";
    return problem(message, { address: labelled, names });
  },
});
