/** Wrong usage or configuration: the program stops with exit code 2 and this one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
