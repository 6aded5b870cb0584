import { ipFamily } from "../../core/ip.ts";
import {
  cannotTell,
  defineCheck,
  notApplicable,
  observationsOf,
  pass,
  problem,
} from "../define-check.ts";
import { serverOf } from "../naming.ts";

/** A server that greets with a name that has nothing to do with its address. */
export const addressPtrGreeting = defineCheck({
  id: "address/ptr-greeting",
  title: "The greeting fits the reverse name",
  over: "smtp-hello",
  facts: ["greeting", "greetingName"],
  reads: ["reverse-name", "addresses"],
  specs: [
    { ref: "RFC 5321 4.3.1", level: "should" },
    { ref: "RFC 1912 2.1", level: "advice" },
  ],
  tags: ["smtp", "dns", "sending"],
  messages: {
    stranger: {
      severity: "note",
      text: '{server} greets as "{name}", while the reverse name of its address is {names}: neither the same host nor the same domain.',
      fix: "Let the server, the PTR record and the address record use one name; if the server sends mail as well, it most likely says that name in EHLO.",
      clause: "{who} {who:greets|greet} with a name that has nothing to do with the address",
    },
  },
  explain: {
    what: "Whether the name in the greeting has anything in common with the reverse name of the address or with the host that was asked for.",
    why: "A server that greets with a stranger's name mostly sends with it too, and receivers compare that name with the reverse name.",
    fix: "Set the server's own name, or have the PTR record corrected.",
    blind: "Where the name in the greeting leads in the DNS, and which name the server sends with.",
    falseAlarm:
      "Pools greet with the name of a member, or of the service, and customers use names of their own for a provider's server: the same last two labels as the host or the reverse name are enough.",
  },
  run: ({ facts, data, subject, evidence }) => {
    const { host = "", ip = "" } = subject;
    const name = facts.greetingName.toLowerCase().replace(/\.$/, "");
    const usable = facts.greeting.code === 220 && data.masked.length === 0 && isFullName(name);
    const reverse = observationsOf(evidence, "reverse-name").find(
      (observation) => observation.subject.ip === ip,
    );
    if (!usable || reverse?.data == null) return notApplicable();
    const hosts = observationsOf(evidence, "addresses").map((other) => other.subject.host ?? "");
    if ([host, ...hosts].some((other) => isKin(name, other))) return pass();
    const { names } = reverse.data;
    if (!names.known) return cannotTell(names, reverse);
    if (names.value.length === 0) return notApplicable();
    if (names.value.some((other) => isKin(name, other))) return pass();
    const shown = { server: serverOf(subject), name, names: names.value };
    return problem("stranger", shown, { cites: [reverse.id] });
  },
});

/** A host name of two labels or more; other greetings are for smtp/greeting-name. */
function isFullName(name: string): boolean {
  return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(name) && ipFamily(name) === 0;
}

function isKin(one: string, other: string): boolean {
  const end = (name: string): string => name.toLowerCase().split(".").slice(-2).join(".");
  return end(one) === end(other);
}
