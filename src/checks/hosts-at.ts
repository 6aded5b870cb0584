import type { Evidence } from "../core/evidence.ts";
import type { AddressRecord } from "../probes/kinds.ts";
import { observationsOf } from "./define-check.ts";

interface HostsAt {
  readonly hosts: readonly string[];
  /** False only where a host's record says that the address is special-purpose. */
  readonly isPublic: boolean;
  /** "192.0.2.1 (mx1.example.com)", or the address alone. */
  readonly labelled: string;
}

/** The mail hosts that have the address. */
export function hostsAt(evidence: Evidence, ip: string): HostsAt {
  const hosts: string[] = [];
  let isPublic = true;
  for (const { data, subject } of observationsOf(evidence, "addresses")) {
    const records: readonly AddressRecord[] = [data?.ipv4, data?.ipv6].flatMap((fact) =>
      fact?.known ? fact.value : [],
    );
    const record = records.find((candidate) => candidate.ip === ip);
    if (record === undefined) continue;
    if (subject.host !== undefined) hosts.push(subject.host);
    if (record.scope !== "public") isPublic = false;
  }
  const labelled = hosts.length === 0 ? ip : `${ip} (${hosts.join(", ")})`;
  return { hosts, isPublic, labelled };
}
