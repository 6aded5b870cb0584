/** One step of the walk: the name and the DMARC records found there. */
export interface WalkStep {
  readonly name: string;
  readonly records: readonly string[];
}

export interface WalkResult {
  /** The domain whose record applies; "" where none does. */
  readonly foundAt: string;
  /** The records there: several are a fault of the zone, and void. */
  readonly records: readonly string[];
  readonly walk: readonly WalkStep[];
}

const psdTag = /(?:^|;)\s*psd\s*=\s*([ynu])\s*(?:;|$)/i;

/**
 * Finds the DMARC policy record that applies to mail from a domain. Yields the domains whose
 * `_dmarc` TXT records it needs and is given the DMARC records there; asks at most eight times.
 * The driver decides what to do when a question cannot be answered.
 * spec: RFC 9989 4.10, 4.10.1, 4.10.2.
 */
export function* walkDmarc(domain: string): Generator<string, WalkResult, readonly string[]> {
  const walk: WalkStep[] = [];
  let labels = domain.split(".");
  while (labels.length > 0) {
    const name = labels.join(".");
    const records = yield name;
    walk.push({ name, records });
    // A record at the domain itself decides, valid or not: that is what its owner must hear about.
    if (walk.length === 1 && records.length > 0) return { foundAt: name, records, walk };
    const single = records.length === 1 ? records[0] : undefined;
    if (single !== undefined && psd(single) !== "u") break;
    labels = labels.length > 8 ? labels.slice(-7) : labels.slice(1);
  }
  const step = policyStep(walk);
  return { foundAt: step?.name ?? "", records: step?.records ?? [], walk };
}

function psd(record: string): string {
  return psdTag.exec(record)?.[1]?.toLowerCase() ?? "u";
}

/**
 * The step of the organisational domain's record, else the one of the public suffix.
 * The walk ends at a psd tag, so only its last record can carry one; without, the shortest name wins.
 */
function policyStep(walk: readonly WalkStep[]): WalkStep | undefined {
  const valid = walk.filter((step) => step.records.length === 1);
  const last = valid.at(-1);
  if (last === undefined || psd(last.records[0] ?? "") !== "y") return last;
  const depth = last.name.split(".").length;
  const organisational = valid.find((step) => step.name.split(".").length === depth + 1);
  return organisational ?? last;
}

/** True when the text begins as a DMARC record does; only "DMARC1" is case-sensitive. spec: RFC 9989 4.8. */
export function isDmarcRecord(text: string): boolean {
  return /^[vV]\s*=\s*DMARC1\s*(?:;|$)/.test(text);
}
