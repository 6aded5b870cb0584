import { formatMs } from "../../wire/deadline.ts";
import { createPoster, type PostResult } from "../../wire/https-post.ts";
import type { TrustedPeer } from "../../wire/trusted-tls.ts";
import type { Channel } from "./flight.ts";
import { createGate } from "./gate.ts";
import { matchAnswer } from "./match.ts";

// Each needs a connection: several questions on one would need HTTP/2.
const mostAtOnce = 16;

/**
 * Queries to one server as HTTPS requests, each with `deadlineMs` for all of it. The id is always 0,
 * because the request tells which answer is whose. `late` hears of answers to queries that have ended.
 * spec: RFC 8484 4.1, 4.2, 6.
 */
export function createHttpsChannel(
  peer: TrustedPeer & { readonly path: string },
  deadlineMs: number,
  late: () => void,
): Channel {
  const poster = createPoster({ ...peer, mediaType: "application/dns-message" });
  const gate = createGate(mostAtOnce);

  async function postInTurn(query: Buffer): Promise<PostResult> {
    const endsAt = performance.now() + deadlineMs;
    const leave = await gate.enter(deadlineMs);
    if (leave === undefined) {
      const message = `no connection became free within ${formatMs(deadlineMs)}`;
      return { trouble: { code: "dns-timeout", message } };
    }
    try {
      return await poster.post(query, endsAt - performance.now());
    } finally {
      leave();
    }
  }

  return {
    open(build, questionEnd, listener) {
      const query = build(0);
      let isUnderWay = false;
      let isOver = false;
      const post = async (): Promise<void> => {
        const result = await postInTurn(query);
        isUnderWay = false;
        if ("trouble" in result) {
          if (!isOver) listener.trouble(result.trouble);
          return;
        }
        if (isOver) return late();
        const match = matchAnswer(query, questionEnd, result.body);
        if (match === "forged" || match === "unreadable")
          listener.trouble({
            code: "dns-malformed",
            message: "it sent no answer to this question",
          });
        else listener.answer(result.body, match);
      };
      return {
        query,
        forged: 0,
        unreadable: 0,
        send() {
          if (isUnderWay || isOver) return;
          isUnderWay = true;
          void post();
        },
        end: () => void (isOver = true),
      };
    },
    close: () => poster.close(),
  };
}
