import type { Evidence } from "../core/evidence.ts";
import type { Unknown } from "../core/fact.ts";
import type { ObservationOf } from "../probes/kinds.ts";
import { observationsOf } from "./define-check.ts";

type MxSet = ObservationOf<"mx-set"> & {
  readonly data: NonNullable<ObservationOf<"mx-set">["data"]>;
};

/** The mail hosts that belong together: those of a domain, or the one host that was asked about. */
export interface Route {
  /** The domain, or the host itself where no MX set led to it. */
  readonly name: string;
  readonly hosts: readonly string[];
  /** Absent where the host was named by the user. */
  readonly mxSet?: MxSet;
}

/** The route that the host belongs to. */
export function routeOf(evidence: Evidence, host: string): Route {
  const mxSet = mxSetOf(evidence, host);
  if (mxSet === undefined) return { name: host, hosts: [host] };
  return { name: mxSet.subject.domain ?? host, hosts: mxSet.data.hosts, mxSet };
}

/**
 * What the host is to the domain: an exchanger that MX records name, the domain itself in place of
 * one (implicit MX), a host that the user named, or not known.
 */
export type Role =
  | { readonly kind: "exchange"; readonly domain: string; readonly mxSet: MxSet }
  | { readonly kind: "implicit"; readonly domain: string; readonly mxSet: MxSet }
  | { readonly kind: "named" }
  | { readonly kind: "unknown"; readonly because: Unknown; readonly mxSet: MxSet };

export function roleOf(evidence: Evidence, host: string): Role {
  const mxSet = mxSetOf(evidence, host);
  if (mxSet === undefined) return { kind: "named" };
  const { records } = mxSet.data;
  if (!records.known) return { kind: "unknown", because: records, mxSet };
  const domain = mxSet.subject.domain ?? "";
  const published = records.value.some(({ exchange }) => exchange === host);
  return { kind: published ? "exchange" : "implicit", domain, mxSet };
}

/** The preference with which the MX set names the host. */
export function preferenceOf(role: Role & { readonly kind: "exchange" }, host: string): number {
  const { records } = role.mxSet.data;
  const record = records.known
    ? records.value.find(({ exchange }) => exchange === host)
    : undefined;
  return record?.preference ?? 10;
}

function mxSetOf(evidence: Evidence, host: string): MxSet | undefined {
  return observationsOf(evidence, "mx-set").find(
    (observation): observation is MxSet => observation.data?.hosts.includes(host) === true,
  );
}
