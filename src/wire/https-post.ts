import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import type { Duplex } from "node:stream";
import { formatEndpoint } from "../core/ip.ts";
import { escapeText } from "../core/text.ts";
import { formatMs } from "./deadline.ts";
import {
  connectTrusted,
  troubleFromError,
  type TrustedPeer,
  type TrustedTrouble,
} from "./trusted-tls.ts";

export interface PostTarget extends TrustedPeer {
  /** With its leading slash, and the query if there is one. */
  readonly path: string;
  /** The type of what is sent and of what must come back. */
  readonly mediaType: string;
}

export type PostResult = { readonly body: Buffer } | { readonly trouble: TrustedTrouble };

export interface Poster {
  /** Posts one body on a connection of its own for the time; the deadline is absolute. */
  post(body: Buffer, deadlineMs: number): Promise<PostResult>;
  /** Ends what is under way and closes every connection. */
  close(): void;
}

const mostBodyBytes = 65_536;
const mostHeaderBytes = 16_384;

/**
 * Posts to one HTTPS resource at a given address, over HTTP/1.1 connections that are kept for the next
 * time. No name is looked up, no redirect followed, no cookie kept, and no more than 64 KiB are read.
 * Never rejects. spec: RFC 9110 9.3.3, RFC 9112 9.3.
 */
export function createPoster(target: PostTarget): Poster {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const agent = new TrustedAgent(target, closing.signal);
  return {
    async post(body, deadlineMs) {
      const endsAt = performance.now() + deadlineMs;
      const once = (): Promise<PostOutcome> =>
        exchange(target, agent, closing.signal, body, endsAt - performance.now(), deadlineMs);
      const first = await once();
      // The server may close an idle connection in the moment in which it is used again.
      return first.stale ? await once() : first;
    },
    close() {
      closing.abort();
      agent.destroy();
    },
  };
}

/** Hands sockets to requests when the server has proved who it is, not earlier. */
class TrustedAgent extends Agent {
  readonly #peer: TrustedPeer;
  readonly #signal: AbortSignal;

  constructor(peer: TrustedPeer, signal: AbortSignal) {
    super({ keepAlive: true });
    this.#peer = peer;
    this.#signal = signal;
  }

  override createConnection(
    options: { readonly timeout?: number | undefined },
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | undefined {
    const deadlineMs = options.timeout ?? 0;
    const how = { deadlineMs, signal: this.#signal, protocol: "http/1.1" };
    void connectTrusted(this.#peer, how).then((result) => {
      if (!("code" in result)) return callback?.(null, result);
      const error = Object.assign(new Error(result.message), { trouble: result });
      callback?.(error, undefined as unknown as Duplex);
    });
    return undefined;
  }
}

type PostOutcome = PostResult & { readonly stale?: boolean };

function exchange(
  target: PostTarget,
  agent: Agent,
  signal: AbortSignal,
  body: Buffer,
  leftMs: number,
  wholeMs: number,
): Promise<PostOutcome> {
  return new Promise((resolve) => {
    const { ip, name, port, path, mediaType } = target;
    const outgoing = request({
      agent,
      host: ip,
      port,
      path,
      method: "POST",
      signal,
      timeout: Math.max(1, Math.ceil(leftMs)),
      maxHeaderSize: mostHeaderBytes,
      headers: {
        host:
          port === 443
            ? formatEndpoint(name, port).replace(/:443$/, "")
            : formatEndpoint(name, port),
        "content-type": mediaType,
        accept: mediaType,
        "content-length": body.length,
      },
    });
    const finish = (result: PostOutcome, reusable = false): void => {
      clearTimeout(timer);
      if (!reusable) outgoing.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => {
      const message = `nothing complete came within ${formatMs(wholeMs)}`;
      finish({ trouble: { code: "dns-timeout", message } });
    }, leftMs);
    outgoing.on("error", (error: NodeJS.ErrnoException & { trouble?: TrustedTrouble }) => {
      const stale = outgoing.reusedSocket && error.code === "ECONNRESET";
      finish({ trouble: error.trouble ?? httpTrouble(error), stale });
    });
    outgoing.on("response", (incoming) => {
      const refused = refusalOf(incoming, mediaType);
      if (refused !== undefined) return finish({ trouble: refused });
      const chunks: Buffer[] = [];
      let received = 0;
      incoming.on("data", (chunk: Buffer) => {
        received += chunk.length;
        chunks.push(chunk);
        if (received <= mostBodyBytes) return;
        finish({ trouble: { code: "too-large", message: "its answer is larger than 64 KiB" } });
      });
      incoming.on("end", () => finish({ body: Buffer.concat(chunks) }, true));
      incoming.on("error", (error) => finish({ trouble: httpTrouble(error) }));
    });
    outgoing.end(body);
  });
}

function httpTrouble(error: NodeJS.ErrnoException): TrustedTrouble {
  const code = error.code ?? "";
  if (code.startsWith("HPE_"))
    return { code: "bad-reply", message: "its answer is not HTTP/1.1", errno: code };
  if (code === "ABORT_ERR") return { code: "aborted", message: "the question was given up" };
  return troubleFromError(error);
}

/** Why an answer does not count, by its head. */
function refusalOf(
  { statusCode = 0, headers }: IncomingMessage,
  mediaType: string,
): TrustedTrouble | undefined {
  if (statusCode >= 300 && statusCode < 400)
    return {
      code: "redirected",
      message: `it redirects elsewhere (HTTP status ${statusCode}), which is not followed`,
    };
  if (statusCode !== 200)
    return { code: "http-status", message: `it answered with the HTTP status ${statusCode}` };
  const type = (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type === mediaType) return undefined;
  const shown = type ? escapeText(type.slice(0, 80)) : "something without a type";
  return { code: "bad-reply", message: `it sent ${shown} instead of ${mediaType}` };
}
