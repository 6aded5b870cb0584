import type { ExtendedError } from "../../core/dns.ts";
import { escapeBytes } from "../../core/text.ts";

const extendedErrorOption = 15;
// What an operator can say in one line; more would only fill reports.
const mostText = 300;
// A resolver gives one or two; a message has room for ten thousand.
const mostErrors = 8;

/**
 * Returns the first eight extended errors among the options in the data of an OPT record, their
 * texts escaped and cut; undefined when an option runs past the data. Other options are passed over.
 * spec: RFC 6891 6.1.2, RFC 8914 2.
 */
export function readOptions(
  bytes: Buffer,
  start: number,
  end: number,
): readonly ExtendedError[] | undefined {
  const errors: ExtendedError[] = [];
  let at = start;
  while (at < end) {
    if (at + 4 > end) return undefined;
    const code = bytes.readUInt16BE(at);
    const from = at + 4;
    at = from + bytes.readUInt16BE(at + 2);
    if (at > end) return undefined;
    if (code !== extendedErrorOption || at - from < 2 || errors.length === mostErrors) continue;
    let last = at;
    while (last > from + 2 && bytes[last - 1] === 0) last -= 1;
    const text = escapeBytes(bytes.subarray(from + 2, last), mostText);
    errors.push({ code: bytes.readUInt16BE(from), text });
  }
  return errors;
}

/** 'EDE 9: DNSKEY Missing, "no key for example.com"': the code, its registered purpose, the text. */
export function formatExtendedError({ code, text }: ExtendedError): string {
  const purpose = purposes[code];
  const parts = [
    ...(purpose === undefined ? [] : [purpose]),
    ...(text === "" ? [] : [`"${text}"`]),
  ];
  return parts.length === 0 ? `EDE ${code}` : `EDE ${code}: ${parts.join(", ")}`;
}

/** Purposes by info-code, as in the registry of extended DNS error codes. spec: RFC 8914 4, 5.2. */
const purposes: readonly string[] = [
  "Other Error",
  "Unsupported DNSKEY Algorithm",
  "Unsupported DS Digest Type",
  "Stale Answer",
  "Forged Answer",
  "DNSSEC Indeterminate",
  "DNSSEC Bogus",
  "Signature Expired",
  "Signature Not Yet Valid",
  "DNSKEY Missing",
  "RRSIGs Missing",
  "No Zone Key Bit Set",
  "NSEC Missing",
  "Cached Error",
  "Not Ready",
  "Blocked",
  "Censored",
  "Filtered",
  "Prohibited",
  "Stale NXDOMAIN Answer",
  "Not Authoritative",
  "Not Supported",
  "No Reachable Authority",
  "Network Error",
  "Invalid Data",
  "Signature Expired before Valid",
  "Too Early",
  "Unsupported NSEC3 Iterations Value",
  "Unable to conform to policy",
  "Synthesized",
];
