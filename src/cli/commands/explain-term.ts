import {
  classMeaning,
  describeCode,
  describeEnhanced,
  enhancedDetails,
  replyCodes,
} from "../../knowledge/smtp-codes.ts";
import { describeExtension, extensionKeywords } from "../../knowledge/smtp-extensions.ts";
import { blank, type Line } from "../../report/terminal/layout.ts";

/**
 * What a reply code ("550"), an enhanced status code ("5.7.1") or an EHLO keyword, with or without
 * parameters ("SIZE 10240000"), means; undefined for anything else.
 */
export function termLines(topic: string): Line[] | undefined {
  if (/^[2-5]\d\d$/.test(topic))
    return codeLines(topic, describeCode(Number(topic)), "RFC 5321 4.2");
  if (/^[245]\.\d{1,3}\.\d{1,3}$/.test(topic)) {
    const meaning = describeEnhanced(topic) ?? "not in the registry: only its class is known";
    return codeLines(topic, meaning, "RFC 3463, RFC 5248");
  }
  const [keyword = "", ...parameters] = topic.toUpperCase().split(/[ =]+/);
  const note = describeExtension(keyword, parameters);
  if (note === undefined) return undefined;
  return [
    { label: `${keyword}  `, labelTone: "strong", text: note.title },
    { indent: 2, text: `${upperFirst(note.meaning)}.` },
    ...(note.judgement === undefined
      ? []
      : [{ indent: 2, text: `${upperFirst(note.judgement)}.` }]),
    { indent: 2, text: `Defined by: ${note.spec}`, tone: "dim" },
  ];
}

function codeLines(code: string, meaning: string, spec: string): Line[] {
  const known = classMeaning[code.charAt(0)];
  return [
    { label: `${code}  `, labelTone: "strong", text: meaning },
    ...(known === undefined
      ? []
      : [{ indent: 2, text: `${code.charAt(0)} at the beginning: ${known}.` }]),
    { indent: 2, text: `Defined by: ${spec}`, tone: "dim" },
  ];
}

/** The codes and keywords that have an explanation, for the list of everything. */
export function termListLines(): Line[] {
  return [
    ...section(
      "SMTP reply codes",
      replyCodes.map((code) => [String(code), describeCode(code)]),
    ),
    ...section(
      "Enhanced status codes (2, 4 or 5 before the first dot)",
      enhancedDetails.map((detail) => [`x.${detail}`, describeEnhanced(`5.${detail}`) ?? ""]),
    ),
    ...section(
      "SMTP extensions",
      extensionKeywords.map((keyword) => [keyword, describeExtension(keyword)?.title ?? ""]),
    ),
  ];
}

function section(title: string, rows: readonly (readonly [name: string, text: string])[]): Line[] {
  const column = Math.max(...rows.map(([name]) => name.length)) + 2;
  return [
    blank,
    { text: title, tone: "strong" },
    ...rows.map(([name, text]): Line => ({
      label: name.padEnd(column),
      labelTone: "strong",
      text,
    })),
  ];
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
