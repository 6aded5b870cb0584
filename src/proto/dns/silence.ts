import { joinList } from "../../core/text.ts";
import { formatMs } from "../../wire/deadline.ts";
import type { SocketTrouble } from "../../wire/udp.ts";
import type { Question } from "./answer.ts";
import { questionText, type Problem } from "./outcome.ts";

/** What is known about a question to which no usable message came. */
export interface Silence {
  /** Labels of the servers asked. */
  readonly servers: readonly string[];
  readonly waitedMs: number;
  /** The last trouble of each server that had some. */
  readonly troubles: readonly SocketTrouble[];
  /** Messages in which no question could be read. */
  readonly unreadable: number;
}

/** Names why there is no answer: unreachable, unreadable or silent, in this order of certainty. */
export function problemOfSilence(question: Question, silence: Silence): Problem {
  const { servers, troubles, unreadable, waitedMs } = silence;
  const who = `the resolver${servers.length === 1 ? "" : "s"} ${joinList(servers)}`;
  const asked = questionText(question);
  const trouble = troubles.at(-1);
  if (trouble !== undefined && troubles.length === servers.length) {
    const { errno, message } = trouble;
    const more = errno === undefined ? {} : { errno };
    return errno === "ECONNREFUSED"
      ? {
          code: "connect-refused",
          message: `${who} refused ${asked}: nothing listens there`,
          ...more,
        }
      : {
          code: "connect-unreachable",
          message: `${asked} could not be sent to ${who}: ${message}`,
          ...more,
        };
  }
  if (unreadable > 0)
    return {
      code: "dns-malformed",
      message: `${who} sent nothing that could be read as an answer to ${asked}`,
    };
  return {
    code: "dns-timeout",
    message: `${who} did not answer ${asked} within ${formatMs(waitedMs)}`,
  };
}
