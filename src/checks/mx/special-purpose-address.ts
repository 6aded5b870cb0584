import { every } from "../../core/fact.ts";
import {
  cannotTell,
  defineCheck,
  notApplicable,
  observationsOf,
  pass,
  problem,
} from "../define-check.ts";
import { publishedAddresses } from "../host-addresses.ts";
import { roleOf } from "../route.ts";

/** An exchanger with an address that the Internet cannot reach. */
export const mxSpecialPurposeAddress = defineCheck({
  id: "mx/special-purpose-address",
  title: "Exchangers have public addresses",
  over: "addresses",
  facts: [],
  reads: ["mx-set"],
  specs: [
    { ref: "RFC 6890 2.2", level: "must" },
    { ref: "RFC 1918 3", level: "must" },
  ],
  tags: ["dns"],
  messages: {
    some: {
      severity: "warning",
      text: "{host} has, beside public addresses, {addresses}, which the Internet cannot reach.",
      fix: "Remove these addresses from the public zone of {host}; answer them only inside, from an internal view.",
      clause: "{who} {who:has|have} addresses that the Internet cannot reach",
    },
    all: {
      severity: "error",
      text: "{host} has no public address, only {addresses}, so senders on the Internet cannot reach it.",
      fix: "Give {host} the public address of the server, or remove it from the MX set.",
      clause: "{who} {who:has|have} no public address",
    },
    "no-public-address": {
      severity: "error",
      undeliverable: true,
      text: "{host} has only {addresses}, and no other exchanger of {domain} has a public address.",
      fix: "Give {host} the public address of the server that takes the mail of {domain}.",
      clause: "its mail servers have no public address",
    },
  },
  explain: {
    what: "Whether the addresses of an exchanger are public, by the registries of special-purpose addresses.",
    why: "Private, loopback and documentation addresses lead senders nowhere, to themselves, or to a stranger in their own network; a loopback address makes many return the mail as a loop.",
    fix: "Publish the public address, and keep internal ones in an internal view of the zone.",
    blind:
      "Networks in which such addresses are reachable on purpose; --treat-as-public names them.",
    falseAlarm:
      "Hosts that the user named may have any address, and ranges given with --treat-as-public count as public. IPv6 addresses that a DNS64 resolver makes of the IPv4 ones are not published by anybody, and pass.",
  },
  run: ({ data, subject, evidence }) => {
    const { host = "" } = subject;
    const role = roleOf(evidence, host);
    if (role.kind === "unknown") return cannotTell(role.because, role.mxSet);
    if (role.kind === "named" || data.form === "ip-literal" || data.form === "localhost")
      return notApplicable();
    const found = publishedAddresses(data);
    if (!found.known) return cannotTell(found);
    const special = found.value.filter(({ scope }) => scope !== "public");
    if (found.value.length === 0) return notApplicable();
    if (special.length === 0) return pass();
    const { domain, mxSet } = role;
    const addresses = special.map(({ ip, scope }) => `${ip} (${scope})`);
    const shown = { host, domain, addresses };
    const cites = [mxSet.id];
    if (special.length < found.value.length) return problem("some", shown, { cites });
    const others = observationsOf(evidence, "addresses").flatMap((other) =>
      mxSet.data.hosts.includes(other.subject.host ?? "") && other.data !== null
        ? [publishedAddresses(other.data)]
        : [],
    );
    const lost = every(others, (list) => list.every(({ scope }) => scope !== "public"));
    return problem(lost.known && lost.value ? "no-public-address" : "all", shown, { cites });
  },
});
