import type { DnsAnswer, DnsRecord, RecordType } from "../core/dns.ts";
import { escapeText } from "../core/text.ts";

/** One line for a DNS answer: the question, what came back, and in which time. */
export function drawAnswer(answer: DnsAnswer): string {
  return `${answer.name} ${answer.type} -> ${outcomeOf(answer)} (${detailOf(answer)})`;
}

/** The values of an answer's records of the type asked for, in presentation form, escaped. */
export function recordTexts(answer: DnsAnswer): string[] {
  return answer.records.map((record) => recordText(answer.type, record));
}

function outcomeOf(answer: DnsAnswer): string {
  const alias = answer.cnameChain.length > 0 ? `alias of ${answer.cnameChain.join(", ")}: ` : "";
  switch (answer.status) {
    case "answer": {
      const texts = recordTexts(answer);
      const more = texts.length > 6 ? ` and ${texts.length - 6} more` : "";
      return alias + texts.slice(0, 6).join(", ") + more;
    }
    case "no-data":
      return `${alias}no ${answer.type} record`;
    case "name-not-found":
      return `${alias}no such name (NXDOMAIN)`;
    case "failed":
      return answer.failure?.message ?? "no answer";
  }
}

function detailOf({ durationMs, server, transport, rcode, status }: DnsAnswer): string {
  const parts = [`${Math.round(durationMs)} ms`];
  if (server !== undefined) parts.push(`from ${server}`);
  if (transport === "tcp") parts.push("TCP");
  if (status === "failed" && rcode !== undefined) parts.push(rcode);
  return parts.join(", ");
}

function recordText(type: RecordType, { value }: DnsRecord<RecordType>): string {
  if (typeof value === "string") return value;
  // The texts of an observation were escaped where they came in.
  if (Array.isArray(value)) return shorten(`"${value.join("")}"`);
  if (type === "MX" && "exchange" in value) return `${value.preference} ${value.exchange}`;
  return shorten(escapeText(Object.values(value).map(String).join(" ")));
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
