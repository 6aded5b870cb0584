import type { Observation } from "../core/observation.ts";
import type { Kind } from "../probes/kinds.ts";

const kinds: readonly Kind[] = [
  "environment",
  "delegation",
  "mx-set",
  "spf-record",
  "dmarc-record",
  "addresses",
  "reverse-name",
  "port-control",
  "smtp-hello",
  "smtp-envelope",
  "smtp-commands",
  "tls-anonymous",
  "command-injection",
  "tls-legacy",
];

/**
 * The observations by kind, then by the order in which a sender would try the hosts, then by
 * address: the same facts give the same report, whichever answer came first.
 */
export function inCanonicalOrder(observations: readonly Observation[]): Observation[] {
  const hosts = observations.flatMap(({ kind, data }) =>
    kind === "mx-set" && data !== null ? (data["hosts"] as readonly string[]) : [],
  );
  const key = ({ kind, subject }: Observation): readonly (number | string)[] => {
    const host = hosts.indexOf(subject.host ?? "");
    return [
      kinds.indexOf(kind as Kind),
      host < 0 ? hosts.length : host,
      subject.host ?? "",
      subject.ip ?? "",
      subject.port ?? 0,
      subject.domain ?? "",
    ];
  };
  return observations
    .map((observation) => ({ observation, rank: key(observation) }))
    .toSorted((a, b) => compare(a.rank, b.rank))
    .map(({ observation }) => observation);
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? left;
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}
