import { describeExtension } from "../../knowledge/smtp-extensions.ts";
import type { Timings } from "../../core/observation.ts";
import type { Report } from "../../core/report.ts";
import type { CertificateFacts, TlsFacts } from "../../core/tls-facts.ts";
import { formatEndpoint } from "../../core/ip.ts";
import type { Extension } from "../../probes/kinds.ts";
import { day } from "../evidence.ts";
import { seen, valueOf, type Seen } from "../kinds.ts";
import { facts } from "./columns.ts";
import { blank, type Line } from "./layout.ts";
import { dialogueLines } from "./sessions.ts";

/** The handshake at each address: the dialogue, extensions explained, TLS facts, timings. */
export function handshakeLines(report: Report): Line[] {
  return seen(report, "smtp-hello").flatMap((hello) => [blank, ...sessionOf(hello)]);
}

function sessionOf({ subject, data, timings, transcript, failure }: Seen<"smtp-hello">): Line[] {
  const { host, ip = "", port = 25 } = subject;
  const at = formatEndpoint(ip, port);
  const lines: Line[] = [
    { text: host === undefined || host === ip ? at : `${host} at ${at}`, tone: "strong" },
    ...dialogueLines(transcript ?? []),
  ];
  if (!transcript?.length && failure) lines.push({ indent: 2, text: failure.message });
  const before = valueOf(data.extensions);
  const after = valueOf(data.extensionsAfterTls);
  if (before && before.length > 0) lines.push(...section("Extensions", extensionLines(before)));
  if (before && after) lines.push(...section("After TLS", changeLines(before, after)));
  const tls = valueOf(data.tls);
  if (tls) lines.push(...section("TLS", tlsLines(tls)));
  return [...lines, ...section("Timings", timingLines(timings))];
}

function section(title: string, lines: readonly Line[]): Line[] {
  return lines.length === 0 ? [] : [blank, { indent: 2, text: title, tone: "strong" }, ...lines];
}

function extensionLines(extensions: readonly Extension[]): Line[] {
  return facts(
    extensions.map((extension) => [extension.keyword, titleOf(extension)]),
    4,
  );
}

function changeLines(before: readonly Extension[], after: readonly Extension[]): Line[] {
  const was = new Set(before.map((extension) => spell(extension)));
  const is = new Set(after.map((extension) => spell(extension)));
  const added = after.filter((extension) => !was.has(spell(extension)));
  const gone = before.filter((extension) => !is.has(spell(extension)));
  if (added.length + gone.length === 0) return [{ indent: 4, text: "the same extensions" }];
  const row = (state: string) => (extension: Extension) =>
    [spell(extension), `${state}: ${titleOf(extension)}`] as const;
  return facts([...added.map(row("new")), ...gone.map(row("no longer offered"))], 4);
}

function titleOf({ keyword, parameters }: Extension): string {
  const note = describeExtension(keyword, parameters);
  if (note === undefined) return "not known to maildoctor";
  const { meaning, spec, judgement } = note;
  return `${meaning} (${spec})${judgement === undefined ? "" : `; ${judgement}`}`;
}

/** "SIZE 10240000"; long parameter lists are cut. */
function spell({ keyword, parameters }: Extension): string {
  const text = [keyword, ...parameters].join(" ");
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function tlsLines(tls: TlsFacts): Line[] {
  const { version, cipher, keyExchange, keyExchangeBits, chain, trusted, trustError } = tls;
  const bits = keyExchangeBits === undefined ? "" : ` (${keyExchangeBits} bits)`;
  const match = {
    exact: `${tls.referenceIdentifier} is in the certificate`,
    wildcard: `${tls.referenceIdentifier} is covered by a wildcard`,
    none: `${tls.referenceIdentifier} is not in the certificate`,
    "not-judged": `${tls.referenceIdentifier} is not in the certificate, which was presented for ${tls.serverName ?? "another name"}`,
  }[tls.nameMatch];
  return facts(
    [
      ["Version", version],
      ["Cipher", cipher],
      ["Key exchange", keyExchange === undefined ? "not ephemeral" : keyExchange + bits],
      ...certificateRows(chain[0]),
      ["Chain", chain.length > 1 ? chain.map(({ subject }) => subject).join(" <- ") : undefined],
      [
        "Trusted",
        `${trusted ? "yes" : `no: ${trustError ?? "unknown reason"}`} (${tls.trustStore} roots)`,
      ],
      ["Name", match],
    ],
    4,
  );
}

type Row = readonly [name: string, value: string | undefined];

function certificateRows(leaf: CertificateFacts | undefined): Row[] {
  if (leaf === undefined) return [["Certificate", "none (anonymous key exchange)"]];
  const size = leaf.curve ?? (leaf.keyBits === undefined ? "" : `${leaf.keyBits} bits`);
  return [
    ["Certificate", leaf.subject],
    ["Issuer", leaf.selfSigned ? "itself (self-signed)" : leaf.issuer],
    ["Names", [...leaf.dnsNames, ...leaf.ipAddresses].join(", ") || "none"],
    ["Valid", `${day(leaf.notBefore)} to ${day(leaf.notAfter)}`],
    ["Key", `${leaf.keyType} ${size}`.trim()],
    ["Signature", leaf.signatureAlgorithm],
    ["SHA-256", leaf.sha256],
  ];
}

function timingLines({
  slotWaitMs,
  dnsMs,
  connectMs,
  greetingMs,
  tlsMs,
  commands,
}: Timings): Line[] {
  const ms = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : `${Math.round(value)} ms`;
  return facts(
    [
      [
        "Waited for a slot",
        slotWaitMs !== undefined && slotWaitMs >= 1 ? ms(slotWaitMs) : undefined,
      ],
      ["DNS", ms(dnsMs)],
      ["Connect", ms(connectMs)],
      ["Greeting", ms(greetingMs)],
      ["TLS", ms(tlsMs)],
      ...(commands ?? []).map(({ command, ms: value }): Row => [command, ms(value)]),
    ],
    4,
  );
}
