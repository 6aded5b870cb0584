import type { Limits } from "../../core/context.ts";
import type { Failure, Reply, Stage } from "../../core/failure.ts";
import { escapeBytes } from "../../core/text.ts";

/** One line from the wire, without its line end. */
export interface ReplyLine {
  readonly bytes: Uint8Array;
  /** It ended in LF alone. */
  readonly bareLf: boolean;
}

type ReplyLimits = Pick<Limits, "replyLines" | "replyBytes">;

/** What a line has made of the reply: the whole of it, a failure, or undefined: more lines follow. */
export type ReplyStep = { readonly reply: Reply } | { readonly failure: Failure } | undefined;

/** Reads one reply, line after line. */
export interface ReplyReader {
  feed(line: ReplyLine): ReplyStep;
  /** Deviations from the grammar that did not stop it, each once. */
  readonly oddities: ReadonlySet<string>;
}

/**
 * Reads the lines of one SMTP reply. A line without a code of three digits from 200 to 559, two
 * codes in one reply, and a reply over the limits are failures. spec: RFC 5321 4.2, 4.2.1, 4.5.3.1.5.
 *
 * @param show turns bytes into text that may be kept: escaped, and without secrets
 */
export function createReplyReader(
  stage: Stage,
  limits: ReplyLimits,
  show: (bytes: Uint8Array, limit?: number) => string = escapeBytes,
): ReplyReader {
  const oddities = new Set<string>();
  const lines: string[] = [];
  let code = 0;
  let enhanced: string | undefined;
  let size = 0;

  const bad = (message: string): ReplyStep => ({ failure: { stage, code: "bad-reply", message } });
  const tooLarge = (message: string): ReplyStep => ({
    failure: { stage, code: "too-large", message },
  });

  function feed(line: ReplyLine): ReplyStep {
    const text = Buffer.from(line.bytes).toString("latin1");
    const match = /^([2-5][0-5]\d)([ -]|$|(?=[\tA-Za-z]))/.exec(text);
    if (!match) return bad(`not an SMTP reply: "${show(line.bytes, 80)}"`);
    const [head, digits, separator] = match;
    if (lines.length > 0 && Number(digits) !== code)
      return bad(`one reply carries two codes, ${code} and ${digits}`);
    code = Number(digits);
    size += line.bytes.length + (line.bareLf ? 1 : 2);
    if (size > limits.replyBytes) return tooLarge(`the reply is over ${limits.replyBytes} octets`);
    const content = text.slice(head.length);
    if (separator === "" && content !== "") oddities.add("missing space after code");
    noteOddities(line, content);
    if (lines.length === 0) enhanced = enhancedCode(content);
    lines.push(show(line.bytes.subarray(head.length)));
    if (separator !== "-")
      return { reply: { code, ...(enhanced === undefined ? {} : { enhanced }), lines } };
    if (lines.length >= limits.replyLines)
      return tooLarge(`the reply has more than ${limits.replyLines} lines`);
    return undefined;
  }

  function enhancedCode(content: string): string | undefined {
    const match = /^([245])\.\d{1,3}\.\d{1,3}(?=[ \t]|$)/.exec(content);
    if (!match) return undefined;
    // spec: RFC 2034 4: the class must agree with the first digit of the reply code.
    if (Number(match[1]) === Math.floor(code / 100)) return match[0];
    oddities.add("enhanced status code of another class");
    return undefined;
  }

  function noteOddities({ bytes, bareLf }: ReplyLine, content: string): void {
    if (bareLf) oddities.add("bare LF");
    if (bytes.length + 2 > 512) oddities.add("line over 512 octets");
    if (content.includes("\0")) oddities.add("NUL");
    if (content.includes("\r")) oddities.add("stray CR");
    if (/[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(content)) oddities.add("control characters");
    if (/[\x80-\xff]/.test(content)) oddities.add(isUtf8(bytes) ? "not ASCII" : "not UTF-8");
  }

  return { feed, oddities };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
