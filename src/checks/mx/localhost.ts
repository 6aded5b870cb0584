import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { roleOf } from "../route.ts";

/** An MX record that sends the sender to itself. */
export const mxLocalhost = defineCheck({
  id: "mx/localhost",
  title: "No exchanger is localhost",
  over: "addresses",
  facts: [],
  reads: ["mx-set"],
  specs: [
    { ref: "RFC 6761 6.3", level: "must" },
    { ref: "RFC 7505 3", level: "advice" },
  ],
  tags: ["dns"],
  messages: {
    localhost: {
      severity: "error",
      text: 'An MX record of {domain} names "{host}", which to every sender is the sender itself.',
      fix: 'Remove the record; if the domain takes no mail, publish the null MX "{domain}. MX 0 ." instead.',
      clause: "{who} {who:sends|send} every sender back to itself",
    },
  },
  explain: {
    what: "Whether the exchange in an MX record is localhost or a name under it.",
    why: "Every sender would connect to itself; most return the mail as a loop, some keep trying for days.",
    fix: "Name the real exchanger, or say with a null MX that there is none.",
    blind: "Names that merely lead to a loopback address are judged by mx/special-purpose-address.",
    falseAlarm: "A test machine that the user named as localhost is no MX record.",
  },
  run: ({ data, subject, evidence }) => {
    const { host = "" } = subject;
    const role = roleOf(evidence, host);
    if (role.kind === "unknown") return cannotTell(role.because, role.mxSet);
    if (role.kind !== "exchange") return notApplicable();
    if (data.form !== "localhost") return pass();
    return problem("localhost", { host, domain: role.domain }, { cites: [role.mxSet.id] });
  },
});
