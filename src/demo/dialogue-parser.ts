import { asBytes, asPattern, asTemplate, unquote } from "./dialogue-text.ts";
import type { Dialogue, DialogueProblem, Expectation, Step } from "./dialogue.ts";

type Result =
  | { readonly dialogue: Dialogue; readonly problems?: undefined }
  | { readonly problems: readonly DialogueProblem[]; readonly dialogue?: undefined };

/**
 * Returns the scripted server that a `.dialogue` text describes, or every problem of the text with
 * its line. One line is one step; blank lines and lines that begin with `#` are skipped.
 *
 *     @protocol smtp        what is spoken; for the reader
 *     @cert NAME            the certificate presented (needed for TLS)
 *     @tls implicit         TLS from the first byte
 *     @tls-max 1.1          the newest version of TLS spoken
 *     @tls-min 1.2          the oldest one (default: 1.0)
 *     @connections 2        connections that must come (default: as many as scripts), or `any`
 *     S: TEXT               send TEXT and CRLF; {name} is replaced by what was captured
 *     C: TEXT               the client must send TEXT; {name} captures, {any} and {base64} match
 *     C~ PATTERN            the client must send a line that matches the regular expression
 *     C? TEXT               the client may send TEXT: when its next line is another one, the steps
 *                           up to the next C line are left out
 *     * starttls            run the TLS handshake
 *     * discard             forget the lines that the client sent and that were not read yet
 *     * close / * reset     end the connection with FIN, with RST
 *     * stall               never answer again
 *     * expect-close        the client must end the connection
 *     * wait 20ms           send nothing for that time
 *     * raw "TEXT"          send these bytes and no line end; \r \n \t \" \\ \xNN
 *     * inject "TEXT"       the same, in one packet with the reply before it and before `* starttls`
 *     * trickle 1 byte / 50ms   send what follows in such pieces, until the next act
 *     ---                   what follows is the script of the next connection
 */
export function parseDialogue(text: string): Result {
  const problems: DialogueProblem[] = [];
  const headers = new Map<string, string>();
  const scripts: Step[][] = [[]];
  let steps = 0;

  for (const [index, full] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const problem = (message: string): void => void problems.push({ line, message });
    if (full.trim() === "" || full.startsWith("#")) continue;
    if (full.trim() === "---") {
      scripts.push([]);
      continue;
    }
    const header = /^@([\w-]+)\s+(.*\S)\s*$/.exec(full);
    if (header?.[1] !== undefined && header[2] !== undefined) {
      const fault = steps > 0 ? "headers stand before the first step" : headerFault(header);
      if (fault !== undefined) problem(fault);
      else headers.set(header[1], header[2]);
      continue;
    }
    const step = parseStep(full, line);
    if (typeof step === "string") problem(step);
    else {
      steps += 1;
      scripts.at(-1)?.push(step);
    }
  }

  const usesTls = headers.has("tls") || scripts.flat().some((step) => step.kind === "starttls");
  if (usesTls && !headers.has("cert"))
    problems.push({ line: 1, message: "TLS needs a header @cert" });
  for (const script of scripts)
    for (const [index, step] of script.entries())
      if (step.kind === "raw" && step.beforeTls && script[index + 1]?.kind !== "starttls")
        problems.push({ line: step.line, message: "inject stands right before * starttls" });
  if (problems.length > 0) return { problems };
  return { dialogue: assemble(headers, scripts) };
}

function assemble(headers: ReadonlyMap<string, string>, scripts: readonly Step[][]): Dialogue {
  const connections = headers.get("connections") ?? String(scripts.length);
  const min = headers.get("tls-min");
  const max = headers.get("tls-max");
  const cert = headers.get("cert");
  return {
    protocol: headers.get("protocol") ?? "smtp",
    ...(cert === undefined ? {} : { cert }),
    implicitTls: headers.has("tls"),
    ...(min === undefined ? {} : { minTlsVersion: tlsVersions[min as keyof typeof tlsVersions] }),
    ...(max === undefined ? {} : { maxTlsVersion: tlsVersions[max as keyof typeof tlsVersions] }),
    connections: connections === "any" ? "any" : Number(connections),
    scripts,
  };
}

const tlsVersions = {
  "1.0": "TLSv1",
  "1.1": "TLSv1.1",
  "1.2": "TLSv1.2",
  "1.3": "TLSv1.3",
} as const;

const headerValues: Readonly<Record<string, RegExp>> = {
  protocol: /^[a-z0-9]+$/,
  cert: /^[\w.-]+$/,
  tls: /^implicit$/,
  "tls-max": /^1\.[0-3]$/,
  "tls-min": /^1\.[0-3]$/,
  connections: /^(any|\d{1,4})$/,
};

function headerFault([, name = "", value = ""]: RegExpExecArray): string | undefined {
  const allowed = Object.hasOwn(headerValues, name) ? headerValues[name] : undefined;
  if (!allowed) return `unknown header @${name}`;
  return allowed.test(value) ? undefined : `bad value for @${name}: ${value}`;
}

function parseStep(full: string, line: number): Step | string {
  const [, mark, rest = ""] = /^(S:|C:|C~|C\?|\*)(?: (.*))?$/.exec(full) ?? [];
  switch (mark) {
    case "S:":
      return { kind: "send", line, template: asTemplate(rest) };
    case "C:":
      return expectation(full, line, asPattern(rest), false);
    case "C?":
      return expectation(full, line, asPattern(rest), true);
    case "C~":
      return expectation(full, line, asRegularExpression(rest), false);
    case "*":
      return parseAct(rest.trim(), line);
    default:
      return `not a step: ${full}`;
  }
}

type Pattern = Pick<Expectation, "pattern" | "captures">;

function expectation(
  full: string,
  line: number,
  pattern: Pattern | string,
  optional: boolean,
): Step | string {
  if (typeof pattern === "string") return pattern;
  return { kind: "expect", line, ...pattern, text: full.slice(3), optional };
}

function asRegularExpression(source: string): Pattern | string {
  try {
    return { pattern: new RegExp(`^(?:${source})$`, "u"), captures: [] };
  } catch (error) {
    return `bad regular expression: ${(error as Error).message}`;
  }
}

function parseAct(act: string, line: number): Step | string {
  const [name = "", ...words] = act.split(/\s+/);
  const rest = words.join(" ");
  switch (name) {
    case "starttls":
    case "discard":
    case "close":
    case "reset":
    case "stall":
    case "expect-close":
      return rest === "" ? { kind: name, line } : `${name} takes no argument`;
    case "wait": {
      const ms = /^(\d{1,6})ms$/.exec(rest)?.[1];
      return ms === undefined ? "wait takes a time: wait 20ms" : { kind: "wait", line, ms: +ms };
    }
    case "trickle": {
      const [, bytes, ms] = /^([1-9]\d{0,4}) bytes? \/ (\d{1,6})ms$/.exec(rest) ?? [];
      if (bytes === undefined || ms === undefined)
        return "trickle takes a rate: trickle 1 byte / 50ms";
      return { kind: "trickle", line, bytes: +bytes, ms: +ms };
    }
    case "raw":
    case "inject": {
      const bytes = unquote(act.slice(name.length).trim());
      return bytes === undefined
        ? `${name} takes a text in quotes`
        : { kind: "raw", line, bytes: asBytes(bytes), beforeTls: name === "inject" };
    }
    default:
      return `unknown act: ${name}`;
  }
}
