/** Where a step stands in its file, counted from 1. */
interface Placed {
  readonly line: number;
}

/** Text of an `S: ` line: literal parts and names of captures to put in. */
export type Template = readonly (string | { readonly capture: string })[];

/** One step of a scripted server. */
export type Step = Placed &
  (
    | { readonly kind: "send"; readonly template: Template }
    /** Exact bytes; `beforeTls` for `inject`, which stands right before `starttls`. */
    | { readonly kind: "raw"; readonly bytes: Uint8Array; readonly beforeTls: boolean }
    | Expectation
    | { readonly kind: "wait"; readonly ms: number }
    /** What follows is sent in pieces, until the next act. */
    | { readonly kind: "trickle"; readonly bytes: number; readonly ms: number }
    | { readonly kind: "starttls" | "discard" | "close" | "reset" | "stall" | "expect-close" }
  );

/** A line that the client must send, or (`optional`) may send. */
export interface Expectation extends Placed {
  readonly kind: "expect";
  readonly pattern: RegExp;
  /** Names of the pattern's groups, in order. */
  readonly captures: readonly string[];
  /** As written in the file, for the report of a mismatch. */
  readonly text: string;
  readonly optional: boolean;
}

/** A parsed `.dialogue` file. */
export interface Dialogue {
  readonly protocol: string;
  /** Name of the certificate that the server presents. */
  readonly cert?: string;
  readonly implicitTls: boolean;
  readonly minTlsVersion?: "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
  readonly maxTlsVersion?: "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
  /** How many connections must come; "any" for a server that is no test's. */
  readonly connections: number | "any";
  /** One for each connection; the last one serves all further connections. */
  readonly scripts: readonly (readonly Step[])[];
}

export interface DialogueProblem extends Placed {
  readonly message: string;
}
