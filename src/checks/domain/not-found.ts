import { defineCheck, pass, problem } from "../define-check.ts";

/** NXDOMAIN for the domain itself. */
export const domainNotFound = defineCheck({
  id: "domain/not-found",
  title: "The domain exists in the DNS",
  over: "mx-set",
  facts: ["exists"],
  specs: [
    { ref: "RFC 5321 5.1", level: "must" },
    { ref: "RFC 2308 2.1", level: "must" },
  ],
  tags: ["dns"],
  messages: {
    "name-not-found": {
      severity: "error",
      undeliverable: true,
      text: "{domain} does not exist: the DNS answers NXDOMAIN, where senders need MX or address records.",
      fix: "Look for a misspelling; if the name is right, renew the registration with the registrar, or have the delegation restored in the parent zone.",
      clause: "the name does not exist (NXDOMAIN)",
    },
    "alias-to-nothing": {
      severity: "error",
      undeliverable: true,
      text: "{domain} is an alias (CNAME) of {target}, which does not exist (NXDOMAIN), so senders find neither MX nor address records.",
      fix: "Remove the CNAME of {domain} and publish MX records in its place, or restore {target}.",
      clause: "the name is an alias of one that does not exist",
    },
  },
  explain: {
    what: "Whether the DNS knows the domain at all, as the answer to its MX question tells.",
    why: "A sender that is told NXDOMAIN gives up at once: every message to the domain bounces.",
    fix: "Correct the name, renew the registration, or restore the delegation at the registrar.",
    blind:
      "A resolver that invents answers for names that do not exist, or hides names that do, is believed.",
    falseAlarm:
      "SERVFAIL, a timeout or a refusal is no NXDOMAIN: the verdict then is inconclusive, and a name that exists without any mail records is left to mx/missing.",
  },
  run: ({ facts, data, subject }) => {
    const { domain } = subject;
    if (facts.exists) return pass();
    const target = data.aliases.known ? data.aliases.value.at(-1) : undefined;
    return target === undefined
      ? problem("name-not-found", { domain })
      : problem("alias-to-nothing", { domain, target });
  },
});
