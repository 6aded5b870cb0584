import {
  cannotTell,
  defineCheck,
  notApplicable,
  observationsOf,
  pass,
  problem,
} from "../define-check.ts";
import { zoneName } from "../naming.ts";

/** A domain that takes no mail, and yet sends some. */
export const mxNullMx = defineCheck({
  id: "mx/null-mx",
  title: "A domain with a null MX sends no mail",
  over: "mx-set",
  facts: ["records"],
  reads: ["spf-record"],
  specs: [
    { ref: "RFC 7505 3", level: "must" },
    { ref: "RFC 7505 4.2", level: "should" },
  ],
  tags: ["dns"],
  messages: {
    "but-sends": {
      severity: "warning",
      text: '{domain} publishes the null MX, so it takes no mail, but its SPF record lets servers send in its name ("{record}").',
      fix: "If the domain sends no mail, publish the SPF record below; if it does, replace the null MX by servers that take the replies and bounces.",
      clause: "its SPF record says that it sends some",
    },
  },
  explain: {
    what: "Whether a domain of which the only MX record is the null MX also says, by SPF, that nobody sends in its name.",
    why: "Receivers may refuse mail from a domain that cannot take replies or bounces, and a domain without mail should be closed to forgers.",
    fix: 'Publish "v=spf1 -all", or real MX records.',
    blind: "Whether mail is really sent from the domain.",
    falseAlarm:
      "A null MX is healthy, and the verdict sentence says so; with an SPF record of -all alone, or none at all, this check is silent.",
  },
  run: ({ facts, subject, evidence }) => {
    const { domain = "" } = subject;
    const [first, second] = facts.records;
    if (first === undefined || first.exchange !== "." || second !== undefined)
      return notApplicable();
    const spf = observationsOf(evidence, "spf-record").find(
      (observation) => observation.subject.domain === domain,
    );
    if (spf?.data === undefined || spf.data === null) return notApplicable();
    const { records } = spf.data;
    const where = { cites: [spf.id] };
    if (!records.known) return cannotTell(records, spf, where);
    const open = records.value.find((record) => !/^v=spf1 +-all *$/i.test(record));
    if (open === undefined) return pass(where);
    const closed = { name: zoneName(domain), type: "TXT", value: '"v=spf1 -all"' };
    return problem("but-sends", { domain, record: open }, { ...where, records: [closed] });
  },
});
