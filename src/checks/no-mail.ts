import type { Evidence } from "../core/evidence.ts";
import { observationsOf } from "./define-check.ts";

/** True when the domain is known not to exist: then its policies are no question. */
export function isAbsent(evidence: Evidence, domain: string | undefined): boolean {
  return observationsOf(evidence, "mx-set").some(
    ({ data, subject }) =>
      subject.domain === domain && data?.exists.known === true && !data.exists.value,
  );
}

/** True when the domain's own address is known to stand in for an MX set. */
export function isImplicit(evidence: Evidence, domain: string | undefined): boolean {
  return observationsOf(evidence, "mx-set").some(
    ({ data, subject }) =>
      subject.domain === domain && data?.implicit.known === true && data.implicit.value,
  );
}

/** The id of the MX set that says that the domain takes no mail (null MX), if there is one. */
export function nullMxOf(evidence: Evidence, domain: string | undefined): string | undefined {
  return observationsOf(evidence, "mx-set").find(({ data, subject }) => {
    if (subject.domain !== domain || data?.records.known !== true) return false;
    const [first, second] = data.records.value;
    return first?.exchange === "." && second === undefined;
  })?.id;
}
