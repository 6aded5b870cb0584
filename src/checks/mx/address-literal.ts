import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { roleOf } from "../route.ts";

/** An MX record that holds an address instead of a name. */
export const mxAddressLiteral = defineCheck({
  id: "mx/address-literal",
  title: "No exchanger is an IP address",
  over: "addresses",
  facts: [],
  reads: ["mx-set"],
  specs: [
    { ref: "RFC 1035 3.3.9", level: "must" },
    { ref: "RFC 5321 5.1", level: "must" },
  ],
  tags: ["dns"],
  messages: {
    literal: {
      severity: "error",
      text: 'An MX record of {domain} holds the IP address "{host}", where it must hold a host name.',
      fix: 'Give the address a name ("mail.{domain}. A ..."), and put that name into the MX record.',
      clause: "{who} {who:is an IP address|are IP addresses} where senders need a host name",
    },
  },
  explain: {
    what: "Whether the exchange in an MX record is an IPv4 or IPv6 address written out.",
    why: "Senders look the exchange up as a name; an address is no name, so this exchanger is never reached, or only by senders that forgive the mistake.",
    fix: "Create a host name with that address and name it in the MX record.",
    blind: "The address behind the mistake is not visited.",
    falseAlarm:
      "A host that the user named by its address is no MX record, and a host name that begins with digits is a name.",
  },
  run: ({ data, subject, evidence }) => {
    const { host = "" } = subject;
    const role = roleOf(evidence, host);
    if (role.kind === "unknown") return cannotTell(role.because, role.mxSet);
    if (role.kind !== "exchange") return notApplicable();
    if (data.form !== "ip-literal") return pass();
    return problem("literal", { host, domain: role.domain }, { cites: [role.mxSet.id] });
  },
});
