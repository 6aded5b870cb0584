/** The roots that a chain is judged against. */
export interface TrustStore {
  /** "system", "bundled" or "ca-file". */
  readonly name: string;
  /** PEM certificates; absent for Node's bundled list. */
  readonly pem?: string;
}
