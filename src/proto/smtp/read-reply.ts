import type { Limits } from "../../core/context.ts";
import type { Failure, Reply } from "../../core/failure.ts";
import type { Connection } from "../../wire/connection.ts";
import type { Deadline } from "../../wire/deadline.ts";
import type { Awaited } from "../../wire/ending.ts";
import { createReplyReader } from "./reply.ts";

/**
 * Reads the next reply of the connection, whole, whatever its code; or the failure why none came
 * or it is no reply. Deviations from the grammar are added to `oddities`. spec: RFC 5321 4.2.
 */
export async function readReply(
  connection: Connection,
  awaited: Awaited,
  limits: Limits,
  deadline: Deadline,
  oddities: Set<string> = new Set(),
): Promise<
  | { readonly reply: Reply; readonly failure?: undefined }
  | { readonly failure: Failure; readonly reply?: undefined }
> {
  const { transcript } = connection;
  const reader = createReplyReader(awaited.stage, limits, transcript.show);
  for (let lines = 0; ; lines += 1) {
    const next = await connection.readLine(awaited, deadline);
    if ("failure" in next) {
      const { failure } = next;
      const late = lines > 0 && failure.code === "read-timeout";
      return { failure: late ? { ...failure, code: "too-slow" } : failure };
    }
    const step = reader.feed(next.line);
    for (const oddity of reader.oddities) oddities.add(oddity);
    if (step === undefined) continue;
    if ("failure" in step) transcript.markUnexpected();
    return step;
  }
}
