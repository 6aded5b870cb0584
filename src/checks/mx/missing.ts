import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";

/** Neither an MX set nor an address at the domain. */
export const mxMissing = defineCheck({
  id: "mx/missing",
  title: "The domain names a mail server",
  over: "mx-set",
  facts: ["exists"],
  specs: [{ ref: "RFC 5321 5.1", level: "must" }],
  tags: ["dns"],
  messages: {
    "no-mail-host": {
      severity: "error",
      undeliverable: true,
      text: "{domain} has neither an MX record nor an address, so no sender can find a server for its mail.",
      fix: 'Publish an MX record that names the mail server ("{domain}. MX 10 mail.{domain}."), or, where the domain is meant to take no mail, the null MX "{domain}. MX 0 .".',
      clause: "the domain names no mail server",
    },
  },
  explain: {
    what: "Whether the domain has MX records or, in their place, an address of its own.",
    why: "Without either, senders have nowhere to deliver and return every message.",
    fix: "Publish MX records for the servers that take the domain's mail.",
    blind: "A domain that is meant to take no mail but does not say so looks the same.",
    falseAlarm:
      "A null MX says on purpose that no mail is taken, and an address without MX is a legitimate implicit MX: neither is reported here. Answers that could not be had are inconclusive.",
  },
  run: ({ facts, data, subject, observation }) => {
    if (!facts.exists) return notApplicable();
    if (!data.records.known) return cannotTell(data.records, observation);
    if (data.records.value.length > 0) return pass();
    if (!data.implicit.known) return cannotTell(data.implicit, observation);
    return data.implicit.value ? pass() : problem("no-mail-host", { domain: subject.domain });
  },
});
