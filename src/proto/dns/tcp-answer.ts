import { formatMs } from "../../wire/deadline.ts";
import { matchAnswer } from "./match.ts";
import type { AskTcp } from "./server.ts";

/**
 * Sends a query over TCP and returns the message that answers it, or what happened instead, as the
 * end of a sentence. Letter case does not count: nobody can guess into a connection.
 * spec: RFC 7766 5, 7.
 */
export async function askOverTcp(
  askTcp: AskTcp,
  query: Buffer,
  questionEnd: number,
  deadlineMs: number,
): Promise<Buffer | string> {
  const result = await askTcp(query, deadlineMs);
  if ("failed" in result) {
    if (result.failed === "timeout")
      return `did not answer over TCP within ${formatMs(deadlineMs)}`;
    if (result.failed === "closed") return "closed the TCP connection without an answer";
    if (result.failed === "cancelled") return "the question was given up";
    return result.trouble?.errno === "ECONNREFUSED"
      ? "refuses TCP connections"
      : `TCP failed (${result.trouble?.message ?? "unknown error"})`;
  }
  const match = matchAnswer(query, questionEnd, result.message);
  if (match === "forged" || match === "unreadable") return "answered another question over TCP";
  if (((result.message[2] ?? 0) & 0x02) !== 0) return "truncated it over TCP too";
  return result.message;
}
