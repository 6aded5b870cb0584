import { cannotTell, defineCheck, notApplicable, pass, problem } from "../define-check.ts";
import { zoneName } from "../naming.ts";
import { hasAddress } from "../host-addresses.ts";
import { preferenceOf, roleOf } from "../route.ts";

/** An exchange that is an alias. */
export const mxAliasTarget = defineCheck({
  id: "mx/alias-target",
  title: "No exchanger is an alias",
  over: "addresses",
  facts: ["aliases"],
  reads: ["mx-set"],
  specs: [
    { ref: "RFC 5321 5.1", level: "must" },
    { ref: "RFC 2181 10.3", level: "must" },
  ],
  tags: ["dns"],
  messages: {
    alias: {
      severity: "warning",
      text: "{host}, an exchanger of {domain}, is an alias (CNAME) of {target}, where an MX record must name a host with addresses of its own.",
      fix: "Name {target} in the MX record, or give {host} A and AAAA records in place of the CNAME.",
      clause: "{who} {who:is an alias|are aliases}, which some senders refuse",
    },
    dangling: {
      severity: "warning",
      text: "{host}, an exchanger of {domain}, is an alias (CNAME) of {target}, which has no address.",
      fix: "Remove {host} from the MX set of {domain}, or give it A and AAAA records in place of the CNAME.",
      clause: "{who} {who:is an alias that leads|are aliases that lead} nowhere",
    },
  },
  explain: {
    what: "Whether the name in an MX record leads to its addresses through a CNAME.",
    why: "The standards forbid it: most senders follow the alias, some refuse the domain, and a server may not recognise itself in its own MX set and loop.",
    fix: "Point the MX record at the canonical name.",
    blind:
      "Aliases that the name server flattens into addresses; these are no aliases on the wire.",
    falseAlarm:
      "The domain itself may be an alias, and a host that no MX record names may be one too: neither is reported.",
  },
  run: ({ facts, data, subject, evidence }) => {
    const { host = "" } = subject;
    const role = roleOf(evidence, host);
    if (role.kind === "unknown") return cannotTell(role.because, role.mxSet);
    if (role.kind !== "exchange") return notApplicable();
    const target = facts.aliases.at(-1);
    if (target === undefined) return pass();
    const { domain } = role;
    const shown = { host, domain, target };
    const cites = [role.mxSet.id];
    const has = hasAddress(data);
    // Nobody should publish a target that leads nowhere; mx/unresolvable says so.
    if (has.known && !has.value) return problem("dangling", shown, { cites });
    const value = `${preferenceOf(role, host)} ${zoneName(target)}`;
    return problem("alias", shown, {
      cites,
      records: [{ name: zoneName(domain), type: "MX", value }],
    });
  },
});
