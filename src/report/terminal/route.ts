import type { Report } from "../../core/report.ts";
import { count } from "../../core/text.ts";
import type { DnsAnswer } from "../../core/dns.ts";
import type { AddressRecord, Exchange } from "../../probes/kinds.ts";
import { causeOf, seen, valueOf, type Seen } from "../kinds.ts";
import { facts } from "./columns.ts";
import { blank, type Line } from "./layout.ts";

/** The route of mail to the domain as a sender walks it. spec: RFC 5321 5.1 */
export function routeLines(report: Report): Line[] {
  const { unicode, domain } = report.target;
  const lines: Line[] = [{ text: `The route of mail to ${unicode}`, tone: "strong" }];
  const [zone] = seen(report, "delegation");
  const [mx] = seen(report, "mx-set");
  lines.push(...facts([...(zone ? zoneRows(zone) : []), ["MX set", mx && mxText(mx)]], 2));
  if (!mx) return lines;
  const order = senderOrder(mx, domain);
  if (order.length === 0) return lines;
  lines.push(blank, { indent: 2, text: "A sender tries, in this order:" });
  order.forEach(({ host, note }, index) => {
    lines.push({ indent: 2, label: `${String(index + 1).padStart(2)}. `, text: `${host}${note}` });
    lines.push(...hostLines(report, host));
  });
  if (mx.data.omitted > 0)
    lines.push({ indent: 2, text: `and ${count(mx.data.omitted, "more host")}, not examined` });
  return lines;
}

function zoneRows({ data }: Seen<"delegation">): [name: string, value: string | undefined][] {
  const zone = valueOf(data.zone);
  const serial = valueOf(data.serial);
  const text =
    zone === undefined
      ? `unknown: ${causeOf(data.zone) ?? "no answer"}`
      : `${zone === "" ? "." : zone}${serial === undefined ? "" : `, serial ${serial}`}`;
  const signed = { true: "authenticated", false: "not signed" }[String(valueOf(data.authentic))];
  return [
    ["Zone", text + timesOf(data.answers)],
    ["Name servers", valueOf(data.nameServers)?.join(", ")],
    ["DNSSEC", signed],
  ];
}

function mxText({ data }: Seen<"mx-set">): string {
  const time = timesOf(data.answers);
  const records = valueOf(data.records);
  const aliases = valueOf(data.aliases) ?? [];
  const alias = aliases.length > 0 ? `alias of ${aliases.join(", ")}; ` : "";
  if (records === undefined)
    return `${alias}unknown: ${causeOf(data.records) ?? "no answer"}${time}`;
  if (valueOf(data.exists) === false) return `the name does not exist${time}`;
  if (records.length > 0) {
    const ttl = Math.min(...records.map(({ ttlSeconds }) => ttlSeconds));
    const size = isNullMx(records) ? "null MX: the domain accepts no mail" : sizeOf(records);
    return `${alias}${size}, TTL ${ttl} s${time}`;
  }
  return valueOf(data.implicit) === true
    ? `${alias}none; the domain's own address takes its place${time}`
    : `${alias}none${time}`;
}

const sizeOf = (records: readonly Exchange[]): string => count(records.length, "record");
const isNullMx = (records: readonly Exchange[]): boolean =>
  records.every(({ exchange }) => exchange === ".");

function senderOrder(
  { data }: Seen<"mx-set">,
  domain: string,
): { readonly host: string; readonly note: string }[] {
  const records = valueOf(data.records) ?? [];
  if (records.length === 0)
    return valueOf(data.implicit) === true ? [{ host: domain, note: ", implicit MX" }] : [];
  return records
    .filter(({ exchange }) => exchange !== ".")
    .slice(0, Math.max(1, data.hosts.length))
    .map(({ exchange, preference }) => {
      const equals = records.filter((other) => other.preference === preference).length;
      const shared = equals > 1 ? " (equal preference: at random)" : "";
      return { host: exchange, note: `, preference ${preference}${shared}` };
    });
}

function hostLines(report: Report, host: string): Line[] {
  const found = seen(report, "addresses").find(({ subject }) => subject.host === host);
  if (!found) return [{ indent: 6, text: "not examined", tone: "dim" }];
  const { data } = found;
  if (data.form !== "name" && data.form !== "ip-literal")
    return [{ indent: 6, text: `cannot be looked up: ${data.form}` }];
  const ipv4 = valueOf(data.ipv4) ?? [];
  const ipv6 = valueOf(data.ipv6) ?? [];
  const aliases = valueOf(data.aliases) ?? [];
  const column = Math.max(0, ...[...ipv4, ...ipv6].map(({ ip }) => ip.length)) + 2;
  const lines = [...ipv4, ...ipv6].map((address) => addressLine(report, address, column));
  if (aliases.length > 0)
    lines.unshift({ indent: 6, text: `is an alias of ${aliases.join(", ")}` });
  const cause = causeOf(data.ipv4) ?? causeOf(data.ipv6);
  if (cause !== undefined) lines.push({ indent: 6, text: `address unknown: ${cause}` });
  else if (valueOf(data.exists) === false) lines.push({ indent: 6, text: "no such name" });
  else if (lines.length === 0) lines.push({ indent: 6, text: "no address" });
  if (data.omitted > 0)
    lines.push({
      indent: 6,
      text: `and ${count(data.omitted, "more address", "more addresses")}`,
    });
  const ttls = [...ipv4, ...ipv6].map(({ ttlSeconds }) => ttlSeconds);
  const ttl = ttls.length === 0 ? "asked" : `TTL ${Math.min(...ttls)} s`;
  lines.push({ indent: 6, text: ttl + timesOf(data.answers), tone: "dim" });
  return lines;
}

function addressLine(report: Report, { ip, scope }: AddressRecord, column: number): Line {
  const reverse = seen(report, "reverse-name").find(({ subject }) => subject.ip === ip);
  const place = scope === "public" ? "" : `${scope}; `;
  return { indent: 6, label: ip.padEnd(column), text: place + reverseText(reverse) };
}

function reverseText(reverse: Seen<"reverse-name"> | undefined): string {
  if (!reverse) return "reverse name not examined";
  const { data } = reverse;
  const names = valueOf(data.names);
  const time = timesOf(data.answers.slice(0, 1));
  if (names === undefined) return `reverse name unknown: ${causeOf(data.names) ?? ""}${time}`;
  if (names.length === 0) return `no reverse name${time}`;
  const confirmed = valueOf(data.confirmed);
  const state =
    confirmed === undefined
      ? `confirmation unknown: ${causeOf(data.confirmed) ?? ""}`
      : confirmed.length > 0
        ? "confirmed"
        : "not confirmed";
  return `reverse name ${names.join(", ")}, ${state}${time}`;
}

/** The milliseconds of each question: " (A 3 ms, AAAA 2 ms)". */
function timesOf(answers: readonly DnsAnswer[]): string {
  const times = answers.map(({ type, durationMs }) => `${type} ${Math.round(durationMs)} ms`);
  return times.length === 0 ? "" : ` (${times.join(", ")})`;
}
