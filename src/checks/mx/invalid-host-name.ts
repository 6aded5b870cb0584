import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { roleOf } from "../route.ts";

/** An exchange that breaks the rules for host names. */
export const mxInvalidHostName = defineCheck({
  id: "mx/invalid-host-name",
  title: "Every exchanger has a valid host name",
  over: "addresses",
  facts: [],
  reads: ["mx-set"],
  specs: [
    { ref: "RFC 1123 2.1", level: "must" },
    { ref: "RFC 5321 2.3.5", level: "must" },
  ],
  tags: ["dns"],
  messages: {
    invalid: {
      severity: "warning",
      text: '"{host}", an exchanger of {domain}, is no valid host name: only letters, digits, hyphens and dots may stand in it.',
      fix: "Give the server a name of letters, digits and hyphens, and put that name into the MX record.",
      clause: "{who} {who:has a name|have names} that some senders refuse",
    },
  },
  explain: {
    what: "Whether the exchange in an MX record keeps to the rules for host names.",
    why: "The DNS carries any name, an underscore too, but senders and TLS libraries may refuse it as a host.",
    fix: "Rename the host; the old name can stay as an alias for a while, outside the MX set.",
    blind: "Whether a valid name is the one that was meant.",
    falseAlarm: "Underscores are right in names such as _dmarc; those are no hosts and not judged.",
  },
  run: ({ data, subject, evidence }) => {
    const { host = "" } = subject;
    const role = roleOf(evidence, host);
    if (role.kind === "unknown") return cannotTell(role.because, role.mxSet);
    if (role.kind !== "exchange") return notApplicable();
    if (data.form !== "invalid-name") return pass();
    return problem("invalid", { host, domain: role.domain }, { cites: [role.mxSet.id] });
  },
});
